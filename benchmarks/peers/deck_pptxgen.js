// Make a deck with PptxGenJS, with native charts: node deck_pptxgen.js MODULES SLIDES.json FILE.pptx
const fs = require("fs");
const path = require("path");

const [modules, source, target] = process.argv.slice(2);
const Pptx = require(path.join(modules, "pptxgenjs"));
const file = new Pptx();
const LEFT = 0.5, TOP = 1.6, inches = (points) => points / 72;

function addChart(slide, picture) {
  const series = Object.entries(picture.series).map(([name, values]) => ({ name, labels: picture.categories, values }));
  slide.addChart(picture.type === "line" ? file.ChartType.line : file.ChartType.bar, series, {
    x: LEFT, y: TOP, w: inches(picture.width), h: inches(picture.height), showLegend: picture.legend,
    barDir: picture.type === "bar" ? "bar" : "col", barGrouping: picture.stacked ? "stacked" : "clustered",
  });
}

function addDrawing(slide, picture) {
  for (const item of picture.items) {
    if (item.is === "line") {
      slide.addShape(file.ShapeType.line, {
        x: LEFT + inches(Math.min(item.x1, item.x2)), y: TOP + inches(Math.min(item.y1, item.y2)),
        w: inches(Math.abs(item.x2 - item.x1)), h: inches(Math.abs(item.y2 - item.y1)), line: { width: item.weight },
      });
    } else if (item.is === "dot") {
      const size = inches(item.diameter);
      slide.addShape(file.ShapeType.ellipse, { x: LEFT + inches(item.x), y: TOP + inches(item.y), w: size, h: size });
    } else {
      const box = { x: LEFT + inches(item.x), y: TOP + inches(item.y), w: inches(item.width), h: inches(item.height) };
      if (item.is === "rect") slide.addShape(file.ShapeType.rect, box);
      else slide.addText(item.text, { ...box, fontSize: item.size });
    }
  }
}

for (const content of JSON.parse(fs.readFileSync(source))) {
  const slide = file.addSlide();
  slide.addText(content.title, { x: LEFT, y: 0.3, w: 9, h: 1, fontSize: 28 });
  const lines = content.text.map((text) => ({ text, options: { bullet: true, breakLine: true } }));
  if (lines.length) slide.addText(lines, { x: LEFT, y: TOP, w: 9, h: 4 });
  for (const rows of content.tables) {
    slide.addTable(rows.map((row) => row.map((text) => ({ text }))), { x: LEFT, y: TOP, w: 9, fontSize: 12 });
  }
  for (const picture of content.pictures) picture.items ? addDrawing(slide, picture) : addChart(slide, picture);
  slide.addNotes(content.notes.join("\n"));
}
file.writeFile({ fileName: target });
