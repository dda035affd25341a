/** The role of those who run the installation: incidents wait for it, and tasks that name nobody go to it. */
export const operatorRole = 'ops';
