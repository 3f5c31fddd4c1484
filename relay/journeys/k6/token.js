// What a team's back end does: a JSON Web Token that lets one user connect for an hour (HS256).

import crypto from 'k6/crypto';
import encoding from 'k6/encoding';
import { secret, token } from './settings.js';

export function tokenFor(user) {
    if (token) {
        return token;
    }
    const part = (value) => encoding.b64encode(JSON.stringify(value), 'rawurl');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: user, exp: Math.floor(Date.now() / 1000) + 3600 })}`;
    return `${signed}.${crypto.hmac('sha256', secret, signed, 'base64rawurl')}`;
}
