/** Begins a story about one of the definitions in `examples/`. */
import { aStory, type Story, type StorySettings } from '../../kit/index.ts';

/** @param name folder and file without ending: `tasks/user-task` */
export const example = (name: string, settings: Partial<StorySettings> = {}): Promise<Story> =>
  aStory({ definition: new URL(`../../../examples/${name}.bpmn`, import.meta.url), ...settings });
