/** Template times and default names, as rules know them. They lie in the model because examinations need them too. */
export { isDefaultName, isTemplateTime } from '../../model/constants.data.ts';
