export const substitutes = {
  'substitutes.title': 'Substitutes',
  'substitutes.hint':
    'While somebody is away, their substitutes find the tasks in the inbox, take them over and complete them under their own name. Tasks of a role are for those who hold it.',
  'substitutes.who': 'Substitute',
  'substitutes.add': 'Add a substitute',
  'substitutes.remove': 'Remove this substitute',
  'substitutes.incomplete': 'Choose a colleague, a first day and a last day that is not before it.',
  'substitutes.saved': 'Saved.',
  'substitutes.now': 'I stand in for: {names}',
  'substitutes.takeOver': 'Take over',
} as const;
