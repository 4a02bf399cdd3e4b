// What pdf.js, and so a browser, makes of PDFs: node pdfjs.mjs FOLDER-OF-PDFJS-DIST FILE…
// Prints one JSON document: for each file its tree of tags with the text of each content id, and the text of the page in
// stretches, one for each marked-content sequence, in the order in which they are painted.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Only painting needs these, and nothing is painted here: no canvas has to be installed.
for (const name of ["DOMMatrix", "ImageData", "Path2D"]) {
  globalThis[name] ??= class {};
}

const [folder, ...files] = process.argv.slice(2);
const warn = console.warn;
console.warn = () => {};
const { getDocument, VerbosityLevel } = await import(pathToFileURL(join(folder, "legacy/build/pdf.mjs")));
console.warn = warn;

// The text of every content id (null: artifacts), and every stretch.
function read(items) {
  const texts = new Map();
  const stretches = [];
  const open = [];
  let stretch = "";
  const current = () => open.findLast((mark) => mark !== null) ?? null;
  const end = () => {
    stretches.push({ id: current(), text: stretch });
    stretch = "";
  };
  for (const item of items) {
    if (item.type === "beginMarkedContentProps" || item.type === "beginMarkedContent") {
      end();
      open.push(item.id ?? null);
    } else if (item.type === "endMarkedContent") {
      end();
      open.pop();
    } else if (item.str !== undefined) {
      const id = current();
      const text = item.str + (item.hasEOL ? "\n" : "");
      texts.set(id, (texts.get(id) ?? "") + text);
      stretch += text;
    }
  }
  end();
  return { texts, stretches: stretches.filter(({ text }) => text) };
}

function told(node, texts) {
  if (node.type === "content") {
    return { id: node.id, text: texts.get(node.id) ?? "" };
  }
  if (node.type === "annotation" || node.type === "object") {
    return { annotation: true };
  }
  const { role, alt, lang, children = [] } = node;
  return { role, alt: alt ?? null, lang: lang ?? null, kids: children.map((child) => told(child, texts)) };
}

const found = [];
for (const file of files) {
  const data = new Uint8Array(await readFile(file));
  const options = { data, verbosity: VerbosityLevel.ERRORS, useSystemFonts: false, disableFontFace: true };
  const pdf = await getDocument(options).promise;
  const page = await pdf.getPage(1);
  const { texts, stretches } = read((await page.getTextContent({ includeMarkedContent: true })).items);
  found.push({ pages: pdf.numPages, tree: told(await page.getStructTree(), texts), stretches });
  await pdf.destroy();
}
console.log(JSON.stringify(found));
