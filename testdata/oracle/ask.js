// Answers a line with a word: what id-validator says about a value, without its list of counties.
const readline = require("readline");
const Validator = require(process.argv[2] + "/id-validator");

const out = [];
readline.createInterface({ input: process.stdin, crlfDelay: Infinity }).on("line", (value) => {
  // A validator keeps every value it has seen: each gets its own.
  out.push(new Validator().isValid(value) ? "ok" : "wrong");
  if (out.length === 4096) process.stdout.write(out.splice(0).join("\n") + "\n");
}).on("close", () => {
  if (out.length > 0) process.stdout.write(out.join("\n") + "\n");
});
