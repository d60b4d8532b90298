/** The documents that citations point to, with the short name that is printed. */

export const SOURCES = {
  notes: { short: "Notes", title: "Matrix Derivative, March 8, 2021", file: "002" },
  homework: { short: "HW3", title: "ECE C147/C247 (Winter 2022), Hints for HW3", file: "000/001" },
  handwritten: { short: "003", title: "Matrix calculus and automatic differentiation, handwritten notes", file: "003" },
  carson: { short: "Carson", title: "J. D. Carson, Matrix Calculus, January 31, 2025", file: "004" },
  cookbook: { short: "MC", title: "Petersen and Pedersen, The Matrix Cookbook, November 2012", file: "cookbook" },
  autodiff: { short: "GW", title: "Griewank and Walther, Evaluating Derivatives, 2nd ed., 2008", file: "book" },
} as const;

export type SourceId = keyof typeof SOURCES;
