"""The first month of the guide's worked company, as its team takes it to the boss."""

from typing import Any, Final

from roi_calc.answering.answer import Answer, answer_to
from roi_calc.calculators import CALCULATORS
from roi_calc.handover.memo import Typed
from roi_calc.handover.notes import COUNTED
from roi_calc.language.language import language
from roi_calc.language.number_format import NEUTRAL
from roi_calc.reading.inputs import read_inputs

INPUTS: Final = {
    "requests": "400",
    "cost_per_request": "12",
    "survey_yes": "54",
    "survey_answered": "90",
    "survey_asked": "300",
    "repeat_share": "10%",
    "investment": "2200",
}
# What the dialog is given in each language of the guide, by the names of its fields.
# cspell:ignore cliente Juni
TYPED: Final = {
    "en": {
        "title": "Riverbend Water on social media",
        "period": "January",
        "team": "Customer service",
        "ask": "Keep the team as it is until June, at $2,200 a month.",
        "left_out": "Set-up and training, $3,000 once. Satisfaction, which we measure.",
        "source.requests": "export of January, tag “service”",
        "source.cost_per_request": "finance, the part that falls",
        "source.investment": "invoices and time sheets",
        "source.repeat_share": "calls within 7 days",
    },
    "es": {
        "title": "Aguas de Villarribera en redes sociales",
        "period": "enero",
        "team": "Atención al cliente",
        "ask": "Mantener el equipo como está hasta junio, con US$ 2200 al mes.",
        "left_out": "La implementación y la capacitación, US$ 3000 una vez. La satisfacción.",
        "source.requests": "exportación de enero, etiqueta «service»",
        "source.cost_per_request": "finanzas, la parte que baja",
        "source.investment": "facturas y registro de horas",
        "source.repeat_share": "llamadas en un plazo de 7 días",
    },
    "id": {
        "title": "Tirta Kaliwangi di media sosial",
        "period": "Januari",
        "team": "Layanan pelanggan",
        "ask": "Mempertahankan tim seperti sekarang sampai Juni, US$2.200 per bulan.",
        "left_out": "Penyiapan dan pelatihan, US$3.000 satu kali. Kepuasan, yang kami ukur.",
        "source.requests": "ekspor Januari, tag “service”",
        "source.cost_per_request": "bagian keuangan, bagian yang turun",
        "source.investment": "faktur dan catatan jam kerja",
        "source.repeat_share": "panggilan dalam 7 hari",
    },
}
_SOURCE: Final = "source."
# The inputs whose numbers the team counted itself.
COUNTED_INPUTS: Final = ("requests", "cost_per_request", "investment", "repeat_share")


def answer(tag: str) -> Answer:
    """Return what the calculator says about the month, in a language."""
    calculator = CALCULATORS["deflection"]
    given = read_inputs(calculator, INPUTS, NEUTRAL, "USD")
    return answer_to(calculator, given, language(tag), "USD")


def typed(tag: str) -> Typed:
    """Return what the team wrote for it; every number is its own count."""
    texts = TYPED[tag]
    written: dict[str, Any] = {
        name: text for name, text in texts.items() if not name.startswith(_SOURCE)
    }
    return Typed(
        **written,
        sources={
            name.removeprefix(_SOURCE): text
            for name, text in texts.items()
            if name.startswith(_SOURCE)
        },
        grades=dict.fromkeys(COUNTED_INPUTS, COUNTED),
        entered=frozenset(INPUTS),
    )
