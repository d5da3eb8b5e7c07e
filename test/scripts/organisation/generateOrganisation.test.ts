import { expect } from 'chai';
import { generateOrganisation } from '../../../scripts/organisation/generateOrganisation.ts';
import type { Organisation, Truth } from '../../../scripts/organisation/organisation.ts';
import { keyOf, logFileOf } from '../../factories.ts';
import { logFileKind } from '../../../handler/logFileKind.ts';
