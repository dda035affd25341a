/** A choice of one among a few: the browser's own list, which phones show as they are used to. */
export interface ChoiceOption<Value extends string> {
  value: Value;
  label: string;
}

export interface ChoiceProps<Value extends string> {
  label: string;
  value: Value | undefined;
  onChange(value: Value): void;
  options: ChoiceOption<Value>[];
  className?: string;
}

export function Choice<Value extends string>({ label, value, onChange, options, className = '' }: ChoiceProps<Value>) {
  const change = (chosen: string) => {
    const option = options.find((one) => one.value === chosen);
    if (option) onChange(option.value);
  };
  return (
    <select
      className={`control choice ${className}`}
      aria-label={label}
      value={value}
      onChange={(event) => change(event.target.value)}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
