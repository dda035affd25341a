export const substitutes = {
  'substitutes.title': 'Substitutes',
  'substitutes.hint':
    'While someone is away, substitutes see that person’s tasks in their inbox, take them over and complete them under their own name. Tasks of a role still require that role.',
  'substitutes.who': 'Substitute',
  'substitutes.add': 'Add substitute',
  'substitutes.remove': 'Remove substitute',
  'substitutes.incomplete': 'Choose a colleague, a first day and a last day on or after it.',
  'substitutes.saved': 'Saved.',
  'substitutes.now': 'Substituting for: {names}',
  'substitutes.takeOver': 'Take over',
} as const;
