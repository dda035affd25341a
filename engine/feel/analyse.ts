/** The free variables of an expression, the functions it calls, and the names whose existence it checks. */
import { children, type FeelNode, nameOf, parse } from './syntax.ts';

/** Functions that check whether something exists: their arguments may be missing. */
const askingFunctions: ReadonlySet<string> = new Set(['is defined', 'get or else']);

export interface Read {
  name: string;
  /** Offset in the source of the first place it is read. */
  from: number;
  /** The expression checks whether it exists (`is defined`, `get or else`, `= null`): missing means null. */
  asked: boolean;
  /** Every occurrence is inside a filter, where it may be an entry of the items instead of a variable. */
  filterOnly: boolean;
  /** Some reading hands it on as an argument: it may be a function of FEEL itself (`sort(list, before)`). */
  argument: boolean;
}

export interface Analysis {
  reads: Read[];
  /** Functions called by name that the expression does not define itself. */
  calls: { name: string; from: number }[];
  /** Arguments of asking functions: what is missing or null in there is no failure. */
  tolerant: { from: number; to: number }[];
}

interface Place {
  locals: ReadonlySet<string>;
  inFilter: boolean;
  argument: boolean;
  asked: boolean;
}

/**
 * @param source FEEL that parses; anything else gives what can be read of it
 * @param root its tree, where it was read with names that only its place knows
 */
export function analyse(source: string, root: FeelNode = parse(source)): Analysis {
  const reads = new Map<string, Read>();
  const calls: Analysis['calls'] = [];
  const tolerant: Analysis['tolerant'] = [];
  const name = (node: FeelNode) => nameOf(source, node);
  const inside = (place: Place, ...names: string[]): Place => ({
    ...place,
    locals: new Set([...place.locals, ...names]),
  });

  function read(node: FeelNode, place: Place): void {
    const key = node.name === '?' ? '?' : name(node);
    if (place.locals.has(key)) return;
    const known = reads.get(key);
    if (known) {
      known.asked ||= place.asked;
      known.filterOnly &&= place.inFilter;
      known.argument ||= place.argument;
    } else
      reads.set(key, {
        name: key,
        from: node.from,
        asked: place.asked,
        filterOnly: place.inFilter,
        argument: place.argument,
      });
  }

  function invocation(node: FeelNode, place: Place): void {
    const [target, ...rest] = children(node);
    if (!target) return;
    const called = name(target);
    const local = target.name === 'VariableName' && place.locals.has(called);
    if (target.name === 'VariableName' && !local) calls.push({ name: called, from: target.from });
    else if (target.name !== 'SpecialFunctionName' && !local) walk(target, place);
    const asks = !local && askingFunctions.has(called);
    for (const child of rest) {
      const parameters = children(child);
      parameters.forEach((parameter, index) => {
        // `get or else(value, default)` checks the value only.
        const asksHere = asks && (called === 'is defined' || index === 0);
        if (asksHere) tolerant.push({ from: parameter.from, to: parameter.to });
        const asked = place.asked || asksHere;
        walk(parameter, { ...place, argument: parameter.name === 'VariableName', asked });
      });
    }
  }

  /** `x = null` and `x != null` ask about x, a plain name or a path. */
  function comparison(node: FeelNode, place: Place): void {
    const parts = children(node);
    const equality = parts.some((part) => part.name === 'CompareOp' && /^!?=$/.test(source.slice(part.from, part.to)));
    const againstNull = equality && parts.some((part) => part.name === 'null');
    for (const part of parts) {
      const plain = part.name === 'VariableName' || part.name === 'PathExpression';
      walk(part, againstNull && plain ? { ...place, asked: true } : place);
    }
  }

  /** Iterators see those before them; the body sees all (DMN 1.3, 10.3.2.14). */
  function iteration(node: FeelNode, place: Place): void {
    let current = node.name === 'ForExpression' ? inside(place, 'partial') : place;
    for (const child of children(node)) {
      if (child.name !== 'InExpressions') {
        walk(child, current);
        continue;
      }
      for (const expression of children(child)) {
        const [variable, ...rest] = children(expression);
        for (const part of rest) walk(part, current);
        if (variable) current = inside(current, name(variable));
      }
    }
  }

  function context(node: FeelNode, place: Place): void {
    let current = place;
    for (const entry of children(node)) {
      const [key, ...values] = children(entry);
      for (const value of values) walk(value, current);
      if (key) current = inside(current, name(key).replace(/^"|"$/g, ''));
    }
  }

  function definition(node: FeelNode, place: Place): void {
    const parts = children(node);
    const parameters = parts.filter((part) => part.name === 'FormalParameters').flatMap(children);
    const names = parameters.flatMap((parameter) =>
      children(parameter).filter((part) => part.name === 'ParameterName'),
    );
    const body = inside(place, ...names.map(name));
    for (const part of parts) if (part.name === 'FunctionBody') walk(part, body);
  }

  function walk(node: FeelNode, outer: Place): void {
    // Whatever is not itself an argument is computed with, so a function of FEEL cannot be meant there.
    const place = node.name === 'VariableName' ? outer : { ...outer, argument: false };
    switch (node.name) {
      case 'VariableName':
      case '?':
        read(node, place);
        break;
      case 'FunctionInvocation':
        invocation(node, place);
        break;
      case 'Comparison':
        comparison(node, place);
        break;
      case 'ForExpression':
      case 'QuantifiedExpression':
        iteration(node, place);
        break;
      case 'Context':
        context(node, place);
        break;
      case 'FunctionDefinition':
        definition(node, place);
        break;
      case 'FilterExpression': {
        const [target, ...rest] = children(node);
        if (target) walk(target, place);
        for (const child of rest) walk(child, { ...inside(place, 'item'), inFilter: true });
        return;
      }
      // Types and names of parameters and paths are no variables.
      case 'Type':
      case 'ParameterName':
      case 'PathName':
        return;
      default:
        for (const child of children(node)) walk(child, place);
    }
  }

  walk(root, { locals: new Set(), inFilter: false, argument: false, asked: false });
  return { reads: [...reads.values()], calls, tolerant };
}
