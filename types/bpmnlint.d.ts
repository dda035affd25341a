/** bpmnlint ships no types for what is used of it here: its linter, and rules that are loaded by name. */
declare module 'bpmnlint' {
  export interface Reporter {
    report(id: string | undefined, message: string, more?: Record<string, unknown>): void;
  }
  export interface RuleDefinition {
    meta?: unknown;
    check:
      | ((node: unknown, reporter: Reporter) => unknown)
      | {
          enter?(node: unknown, reporter: Reporter): unknown;
          leave?(node: unknown, reporter: Reporter): void;
        };
  }
  export type RuleFactory = (config?: unknown) => RuleDefinition;
  export type Category = 'off' | 'warn' | 'error' | 'info';
  export interface LintConfig {
    extends?: string | string[];
    rules?: Record<string, Category | [Category, unknown]>;
  }
  export interface Report {
    id?: string;
    message: string;
    category: Category | 'rule-error';
    hint?: string;
    position?: { line: number; column: number };
  }
  export interface Resolver {
    resolveRule(pkg: string, name: string): RuleFactory;
    resolveConfig(pkg: string, name: string): LintConfig;
  }
  export class Linter {
    constructor(options: {
      resolver: Resolver;
      config?: LintConfig;
      transformRule?(rule: RuleDefinition, of: { pkg: string; ruleName: string }): RuleDefinition;
    });
    lint(root: unknown, config?: LintConfig): Promise<Record<string, Report[]>>;
  }
}

declare module 'bpmnlint/config/recommended.js' {
  const config: import('bpmnlint').LintConfig;
  export default config;
}

declare module 'bpmnlint/rules/*' {
  const factory: import('bpmnlint').RuleFactory;
  export default factory;
}
