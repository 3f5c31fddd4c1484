// page.mjs: drives the demo page in headless Chromium, as people with two tabs would.
// The relay it is served by comes as JSON in HELIOGRAPH_PAGE: {"url": URL, "apiKey": KEY}; CHROMIUM names the browser.
// One line of JSON for each scenario: {"name": ..., "failure": null or text}. Exit code: 0 all held, 1 some did not.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const world = JSON.parse(process.env.HELIOGRAPH_PAGE);

/** A person's tab; each is a browser context of its own, so that nothing is shared but the relay. */
class Tab {
    faults = [];

    static async open(browser, channel, name, options = {}) {
        const context = await browser.newContext({ colorScheme: 'light', ...options });
        const tab = new Tab();
        tab.page = await context.newPage();
        tab.page.setDefaultTimeout(30_000);
        tab.page.on('pageerror', error => tab.faults.push(error.message));
        tab.page.on('console', message => message.type() === 'error' && tab.faults.push(message.text()));
        await tab.page.addInitScript(value => sessionStorage.setItem('name', value), name);
        await tab.page.goto(`${world.url}/?channel=${channel}`);
        await tab.page.waitForSelector('#state[data-state=connected]');
        await tab.sees(`${name} is here`);
        return tab;
    }

    async say(text) {
        await this.page.fill('#text', text);
        await this.page.press('#text', 'Enter');
    }

    /** The item of the log with a text, once it has its place in the stream. */
    async sees(text) {
        const item = this.page.locator('#log > li:not(.pending)', { hasText: text }).first();
        await item.locator('.chip.offset').waitFor();
        return item;
    }

    texts(selector) {
        return this.page.locator(selector).allTextContents();
    }

    async says(selector, pattern) {
        await this.page.locator(selector).filter({ hasText: pattern }).waitFor();
    }
}

async function api(method, params) {
    const response = await fetch(`${world.url}/api/${method}`, {
        method: 'POST',
        headers: { 'X-API-Key': world.apiKey },
        body: JSON.stringify(params),
    });
    const answer = await response.json();
    assert.equal(answer.error, undefined);
}

const scenarios = {
    'two tabs see each other and what each says, with offset and round-trip time': async open => {
        const ada = await open('Ada');
        const grace = await open('Grace');
        await ada.says('#count', '2');
        await ada.says('#people', 'Grace');
        await ada.say('Is the mirror set?');
        const heard = await grace.sees('Is the mirror set?');
        assert.match(await heard.locator('.chip.offset').textContent(), /^#\d+$/);
        await grace.say('Set.');
        assert.equal(await (await ada.sees('Set.')).getAttribute('data-kind'), 'live');
        const mine = await ada.sees('Is the mirror set?');
        assert.match(await mine.locator('.chip.time').textContent(), /^\d+\.\d ms$/);
        assert.match(await ada.page.textContent('#rtt'), /^\d+\.\d$/);
    },

    'a tab that was cut off gets what it missed, in order and once, and says what it wrote meanwhile': async open => {
        const ada = await open('Ada');
        const grace = await open('Grace');
        await ada.sees('Grace is here');
        await ada.page.click('#drop');
        await ada.page.waitForSelector('#state[data-state=connecting]');
        await grace.says('#count', '1');
        await ada.say('written while away');
        for (const text of ['one', 'two', 'three']) {
            await grace.say(text);
            await grace.sees(text);
        }
        await ada.page.click('#drop');
        await ada.says('#recovery-head', 'Recovered 3 messages');
        await ada.says('#recovery-text', /in order, without a gap.*recovered=true/);
        assert.deepEqual(await ada.texts('#log > li[data-kind=recovered] .words'), ['one', 'two', 'three']);
        await grace.sees('written while away');
        await ada.sees('written while away');
        assert.equal((await grace.texts('#log .words')).filter(text => text === 'written while away').length, 1);
    },

    'a tab is told when what it missed is gone': async (open, channel) => {
        const ada = await open('Ada');
        const grace = await open('Grace');
        await ada.sees('Grace is here');
        await ada.page.click('#drop');
        await ada.page.waitForSelector('#state[data-state=connecting]');
        await grace.say('lost');
        await grace.sees('lost');
        await api('history_remove', { channel: `chat:${channel}` });
        await ada.page.click('#drop');
        await ada.says('#recovery-head', 'Not recovered');
        await ada.says('#recovery-text', 'recovered=false');
    },

    'a newcomer reads the history': async open => {
        const ada = await open('Ada');
        await ada.page.click('#burst');
        await ada.sees('flash 10 of 10');
        const grace = await open('Grace');
        await grace.sees('flash 10 of 10');
        assert.deepEqual(
            await grace.texts('#log > .message[data-kind=history] .words'),
            Array.from({ length: 10 }, (_, index) => `flash ${index + 1} of 10`));
    },

    'what a back end publishes is on the page, as text': async (open, channel) => {
        const ada = await open('Ada');
        await api('publish', { channel: `chat:${channel}`, data: { text: '<b id="injected">from the back end</b>' } });
        const item = await ada.sees('from the back end');
        assert.equal(await item.locator('.who').textContent(), 'HTTP API');
        assert.equal(await ada.page.locator('#injected').count(), 0);
    },

    'the keyboard is enough, and a new name is known to all': async open => {
        const ada = await open('Ada');
        const grace = await open('Grace');
        await ada.page.keyboard.press('Tab');
        assert.equal(await ada.page.evaluate(() => document.activeElement.className), 'skip');
        await ada.page.keyboard.press('Enter');
        await ada.page.keyboard.type('by key');
        await ada.page.keyboard.press('Enter');
        await grace.sees('by key');
        await ada.page.keyboard.press('Shift+Tab');
        await ada.page.keyboard.type('Lovelace');
        await ada.page.keyboard.press('Tab');
        await grace.sees('Ada is now Lovelace');
        await grace.says('#people', 'Lovelace');
    },

    'light and dark can be switched, and a narrow screen needs no sideways scrolling': async open => {
        const ada = await open('Ada', { viewport: { width: 360, height: 740 } });
        const ground = () => ada.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const light = await ground();
        await ada.page.click('#theme');
        assert.notEqual(await ground(), light);
        assert.ok(await ada.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    },
};

function browserPath() {
    const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
    const candidates = [
        ...[process.env.CHROMIUM ?? []].flat(),
        ...process.env.PATH.split(delimiter).flatMap(folder => names.map(name => join(folder, name))),
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ];
    const found = candidates.find(path => {
        try {
            accessSync(path, constants.X_OK);
            return true;
        } catch {
            return false;
        }
    });
    if (!found) {
        throw new Error('no Chromium found: install it, or name it in CHROMIUM');
    }
    return found;
}

async function outcome(browser, name, place) {
    const tabs = [];
    const channel = `page-${place}`;
    try {
        await scenarios[name](async (person, options) => {
            const tab = await Tab.open(browser, channel, person, options);
            tabs.push(tab);
            return tab;
        }, channel);
        assert.deepEqual(tabs.flatMap(tab => tab.faults), []);
        return { name, failure: null };
    } catch (error) {
        return { name, failure: error.stack ?? String(error) };
    } finally {
        await Promise.all(tabs.map(tab => tab.page.context().close()));
    }
}

const browser = await chromium.launch({
    executablePath: browserPath(),
    // The page is our own; continuous integration runs as root, where Chromium has no sandbox.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let failed = false;
for (const [place, name] of Object.keys(scenarios).entries()) {
    const result = await outcome(browser, name, place);
    failed ||= result.failure !== null;
    console.log(JSON.stringify(result));
}
await browser.close();
process.exit(failed ? 1 : 0);
