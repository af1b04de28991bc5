/** What is said, in the reader's language: the text of `<template data-say="name">`, empty when the page has none. */
export function phrase(name, values = {}) {
  const text = document.querySelector(`template[data-say="${name}"]`)?.content.textContent.trim() ?? ""
  return text.replace(/%\((\w+)\)s/g, (whole, key) => values[key] ?? whole)
}
