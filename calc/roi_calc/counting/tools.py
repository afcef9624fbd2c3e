"""What the exports of service tools call things: one declaration each, with where it is known from.

A header is compared without capitals. Of several names the first that a file has is taken, but for
channels, which may stand in several columns at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a column says of a conversation."""

    ID = "id"
    STATE = "state"
    CHANNEL = "channel"
    TAGS = "tags"
    RESOLVED_AT = "resolved_at"
    REOPENS = "reopens"
    REOPENED_AT = "reopened_at"
    CUSTOMER = "customer"
    REPLIES = "replies"
    DIRECTION = "direction"
    FIRST_RESPONSE = "first_response"
    HANDLING = "handling"


@dataclass(frozen=True)
class Tool:
    """The export of one tool.

    columns: the names that a column has there, by what it says. resolved: states that mean so;
    empty where every row is resolved. separator: between the tags of a cell. left_out: tags of what
    is no request of its own. told_by: the columns that tell this export from others. warning: the
    end of the catalog's key for what is not to be taken instead, `count.tool.<warning>`.
    """

    title: str
    columns: Mapping[Role, tuple[str, ...]]
    resolved: tuple[str, ...] = ()
    separator: str = ","
    left_out: tuple[str, ...] = ()
    told_by: tuple[Role, ...] = field(default=(Role.ID, Role.STATE))
    warning: str = ""


# Sources: Hootsuite help 5407290386843, 7801599392411 and 4402073112219: nine headers of "Resolved
# conversations", which has what was resolved for the first time in the range. Zendesk help
# 4408886165402, and public programs that write these headers. Freshdesk: Freshworks' own test of
# the export. Intercom: reporting data export, API 2.15. Sprout Social: help 21576441121293 and a
# connector's schema; Chatwoot: the conversation of its API. Of the last two no export was seen.
TOOLS: Final[Mapping[str, Tool]] = {
    "hootsuite": Tool(
        title="Hootsuite",
        columns={
            Role.ID: ("Conversation ID",),
            Role.CHANNEL: ("Medium", "Channel", "Channel Display Name"),
            Role.CUSTOMER: ("Contact Profile ID",),
        },
        told_by=(Role.ID, Role.CHANNEL, Role.CUSTOMER),
    ),
    "zendesk": Tool(
        title="Zendesk",
        columns={
            Role.ID: ("Id", "Ticket ID"),
            Role.STATE: ("Status",),
            Role.CHANNEL: ("Via",),
            Role.TAGS: ("Tags",),
            Role.RESOLVED_AT: ("Solved at",),
            Role.REOPENS: ("Reopens",),
            Role.CUSTOMER: ("Requester id", "Requester email", "Requester"),
            Role.REPLIES: ("Replies",),
            Role.FIRST_RESPONSE: ("First reply time in minutes",),
        },
        resolved=("solved", "closed"),
        separator=" ",
        left_out=("closed_by_merge",),
        told_by=(Role.ID, Role.STATE, Role.RESOLVED_AT),
    ),
    "freshdesk": Tool(
        title="Freshdesk",
        columns={
            Role.ID: ("Ticket ID",),
            Role.STATE: ("Status",),
            Role.CHANNEL: ("Source",),
            Role.TAGS: ("Tags",),
            Role.RESOLVED_AT: ("Resolved time",),
            Role.CUSTOMER: ("Contact ID", "Email", "Full name"),
            Role.REPLIES: ("Agent interactions",),
            Role.FIRST_RESPONSE: ("First response time (in hrs)",),
            Role.HANDLING: ("Time tracked",),
        },
        resolved=("resolved", "closed"),
        told_by=(Role.ID, Role.STATE, Role.RESOLVED_AT),
    ),
    "intercom": Tool(
        title="Intercom",
        columns={
            Role.ID: ("conversation_id", "Conversation ID", "id"),
            Role.STATE: ("state", "conversation_state"),
            Role.CHANNEL: ("source_type", "channel"),
            Role.TAGS: ("conversation_tags",),
            Role.RESOLVED_AT: ("conversation_closed_at", "statistics_last_close_at"),
            Role.REOPENS: ("reopens",),
            Role.CUSTOMER: ("contacts", "message_author_user_id"),
        },
        resolved=("closed",),
    ),
    "sprout-social": Tool(
        title="Sprout Social",
        columns={
            Role.ID: ("Case ID", "id"),
            Role.STATE: ("status",),
            Role.CHANNEL: ("Source", "Profile"),
            Role.TAGS: ("case_tag", "Tags"),
            Role.RESOLVED_AT: ("closed_time",),
        },
        resolved=("closed",),
        told_by=(Role.ID, Role.STATE, Role.RESOLVED_AT),
        warning="reassigned",
    ),
    "chatwoot": Tool(
        title="Chatwoot",
        columns={
            Role.ID: ("display_id", "Conversation ID", "id"),
            Role.STATE: ("status",),
            Role.CHANNEL: ("inbox", "channel"),
            Role.TAGS: ("labels",),
            Role.RESOLVED_AT: ("resolved_at", "Resolved at"),
            Role.CUSTOMER: ("contact_id", "contact"),
        },
        resolved=("resolved",),
        told_by=(Role.ID, Role.STATE, Role.TAGS),
    ),
}
# Any other: its columns are named by who counts.
OTHER: Final = "other"
ANY_TOOL: Final = Tool(title="CSV", columns={}, resolved=("resolved", "solved", "closed"))
# Hootsuite's export "Messages" has a row for each message; these tell it.
MESSAGE_COLUMNS: Final = ("Message ID", "Conversation ID")
# Whatever the tool: states that say that it is no request, and directions that say who began.
NO_REQUESTS: Final = frozenset({"merged", "spam", "deleted"})
OUTBOUND: Final = frozenset({"outbound", "outgoing"})
