/** Template times and default names, as rules know them. They lie in the model because examinations need them too. */
export { DEFAULT_NAMES, isDefaultName, isTemplateTime, TEMPLATE_TIMES } from '../../model/constants.data.ts';
