/** The operators of the installation: incidents are assigned to this role, and so are tasks without candidates. */
export const operatorRole = 'ops';
