"""Whether the texts of a page can be read: a look at their colours, in the browser."""

from __future__ import annotations

#: texts whose colour is too near to that of the page for WCAG's level AA, with their contrast
FAINT = """
element => {
  const numbers = color => color.match(/[0-9.]+/g).map(Number);
  const clear = color => numbers(color).length == 4 && numbers(color)[3] == 0;
  const light = color => numbers(color).slice(0, 3)
    .map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = node => {
    const color = getComputedStyle(node).backgroundColor;
    return clear(color) && node.parentElement ? behind(node.parentElement) : color;
  };
  const faint = [];
  for (const node of element.querySelectorAll("*")) {
    const text = [...node.childNodes].filter(n => n.nodeType == 3).map(n => n.data).join("").trim();
    if (!text || node.tagName == "STYLE") continue;
    const [low, high] = [light(getComputedStyle(node).color), light(behind(node))]
      .sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faint.push([contrast, text]);
  }
  return faint;
}
"""
