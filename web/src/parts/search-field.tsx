/** A text that is searched for: by Enter, by its button, and when it is emptied. */
import type { Ref } from 'react';
import { useWords } from '../words/index.ts';

export interface SearchFieldProps {
  label: string;
  placeholder?: string;
  /** What is searched for now. */
  value: string | undefined;
  onSearch(text: string): void;
  className?: string;
  inputRef?: Ref<HTMLInputElement>;
}

export function SearchField({ label, placeholder, value = '', onSearch, className = '', inputRef }: SearchFieldProps) {
  const { t } = useWords();
  return (
    <form
      className={`search-field ${className}`}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(String(new FormData(event.currentTarget).get('text') ?? '').trim());
      }}
    >
      <input
        key={value}
        ref={inputRef}
        type="search"
        name="text"
        className="control"
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={value}
        enterKeyHint="search"
        onChange={(event) => event.target.value === '' && value !== '' && onSearch('')}
      />
      <button type="submit" aria-label={`${t('common.search')}: ${label}`}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M10.5 10.5 14 14" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
      </button>
    </form>
  );
}
