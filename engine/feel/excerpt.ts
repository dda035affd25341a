/** The beginning of a long text, for a sentence about it. */
export const excerpt = (text: string, most = 60): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** An expression in a sentence: it may have a hundred thousand characters. */
export const quoted = (expression: string): string => `"${excerpt(expression, 200)}"`;
