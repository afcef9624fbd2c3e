// A color that can be read: as given, or as near to it as the contrast allows.

// WCAG 2.2, 1.4.3, for text of the usual size.
const CONTRAST = 4.5;
const STEPS = 50;

/** @param {string} hex such as `#0b57d0`, or short @returns {number[]} 0 to 255 each */
function channels(hex) {
  const digits = hex.trim().replace("#", "");
  const full = digits.length === 3 ? [...digits].map((each) => each + each).join("") : digits;
  return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16));
}

/** The relative luminance of WCAG. @param {number[]} color */
function luminance(color) {
  const [red = 0, green = 0, blue = 0] = color
    .map((each) => each / 255)
    .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * @param {number[]} one
 * @param {number[]} other
 */
function contrast(one, other) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The color itself, or mixed with black or white as little as makes it readable.
 * @param {string} hex
 * @param {string} paper the color behind it
 * @returns {string} in small letters
 */
export function readableOn(hex, paper) {
  const behind = channels(paper);
  const ink = luminance(behind) > 0.18 ? 0 : 255;
  const color = channels(hex);
  for (let step = 0; step <= STEPS; step += 1) {
    const mixed = color.map((each) => Math.round(each + ((ink - each) * step) / STEPS));
    if (contrast(mixed, behind) >= CONTRAST) {
      return `#${mixed.map((each) => each.toString(16).padStart(2, "0")).join("")}`;
    }
  }
  return ink ? "#ffffff" : "#000000";
}
