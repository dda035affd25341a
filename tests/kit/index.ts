/** The kit for tests of drawn processes (docs/testing-processes.md). */
export { type Answer, type AnswerFor, bpmnError, failure, later } from './answers.ts';
export { aStory, definitionsOf, type Story, type StorySettings, tell } from './story.ts';
