import { describe, expect, test } from '@jest/globals';
import type { Update } from '../../src/channels/whatsapp/classify.ts';
import { readWebhookBody } from '../../src/channels/whatsapp/webhook-body.ts';
import { fixture, fixtureNames } from './whatsapp-surroundings.ts';

const accounts = new Set(['800000000000002']);

/** One line an update: what it is, from whom, what it says. */
function lineOf(update: Update): string {
  switch (update.kind) {
    case 'message': {
      const { address, sender, from, message } = update.received;
      const ids = from.kind === 'person' ? from.ids.join(' ') : '';
      const { kind, ...content } = message.content;
      const extras = [
        message.replyTo === undefined ? '' : ` reply-to ${message.replyTo}`,
        message.forwarded ? ' forwarded' : '',
      ].join('');
      return `message ${message.messageId} at ${message.sentAt} from [${ids}] to ${address.recipient} in ${sender.numberCountry ?? '-'}: ${kind} ${JSON.stringify(content)}${extras}`;
    }
    case 'identity':
      return `identity [${update.change.previous.join(' ')}] -> [${update.change.next.join(' ')}] to ${update.change.address.recipient}`;
    case 'status':
      return `status ${update.report.status}`;
    case 'ignored':
    case 'unreadable':
      return `${update.kind} ${update.reason}`;
  }
}

const linesOf = (name: string): readonly string[] => readWebhookBody(fixture(name), accounts).map(lineOf);

const ana = 'from [GT.10000000000000000001 50212345678] to 50212345678 in GT';
const luis = 'from [GT.10000000000000000002] to GT.10000000000000000002 in -';
const untagged = ['ignored status-untagged'];

const expected: Readonly<Record<string, readonly string[]>> = {
  '01-text-basic.json': [
    `message wamid.SU4tVEVYVC0wMDAx at 1795435200000 ${ana}: text {"text":"Hola, necesito información sobre vacunas para mi hija"}`,
  ],
  '02-text-escaped-unicode.json': [
    `message wamid.SU4tVEVYVC0wMDAy at 1795435205000 ${ana}: text {"text":"¿Dónde está la oficina más cercana? Mañana iré con mi niño 👶"}`,
  ],
  '03-text-legacy-no-bsuid.json': [
    'message wamid.SU4tVEVYVC0wMDAz at 1795435210000 from [50212345678] to 50212345678 in GT: text {"text":"Mensaje con la forma anterior a abril de 2026"}',
  ],
  '04-text-bsuid-only-username.json': [
    `message wamid.SU4tVEVYVC0wMDA0 at 1795435215000 ${luis}: text {"text":"Escribo con nombre de usuario, sin teléfono visible"}`,
  ],
  '05-text-username-with-phone.json': [
    'message wamid.SU4tVEVYVC0wMDA1 at 1795435220000 from [GT.10000000000000000002 50287654321] to 50287654321 in GT: text {"text":"Tengo nombre de usuario pero ya habíamos hablado"}',
  ],
  '06-text-parent-bsuid.json': [
    'message wamid.SU4tVEVYVC0wMDA2 at 1795435225000 from [GT.10000000000000000002 GT.ENT.20000000000000000002] to GT.10000000000000000002 in -: text {"text":"Portafolios enlazados"}',
  ],
  '07-text-reply-context.json': [
    `message wamid.SU4tVEVYVC0wMDA3 at 1795435230000 ${ana}: text {"text":"Sí, a ese horario"} reply-to wamid.T1VULVRFWFQtMDAwMQ==`,
  ],
  '08-text-forwarded.json': [
    `message wamid.SU4tVEVYVC0wMDA4 at 1795435235000 ${ana}: text {"text":"URGENTE reenviar a todos: mañana regalan visas"} forwarded`,
  ],
  '09-text-frequently-forwarded.json': [
    `message wamid.SU4tVEVYVC0wMDA5 at 1795435240000 ${ana}: text {"text":"Cadena reenviada muchas veces"} forwarded`,
  ],
  '10-text-ad-referral.json': [
    `message wamid.SU4tVEVYVC0wMDEw at 1795435245000 ${ana}: text {"text":"Hola, vi su anuncio"}`,
  ],
  '11-text-referred-product.json': [
    `message wamid.SU4tVEVYVC0wMDEx at 1795435250000 ${ana}: text {"text":"¿Esto sigue disponible?"} reply-to wamid.T1VULUNBVEFMT0ctMDAwMQ==`,
  ],
  '12-interactive-button-reply.json': [
    `message wamid.SU4tQlROLTAwMDE= at 1795435260000 ${ana}: choice {"value":"lang:es","title":"Español"} reply-to wamid.T1VULUJVVFRPTlMtMDAwMQ==`,
  ],
  '13-interactive-list-reply.json': [
    `message wamid.SU4tTElTVC0wMDAx at 1795435265000 ${ana}: choice {"value":"topic:asylum","title":"Asilo"} reply-to wamid.T1VULUxJU1QtMDAwMQ==`,
  ],
  '14-interactive-nfm-reply-flow.json': [
    `message wamid.SU4tRkxPVy0wMDAx at 1795435270000 ${ana}: form {"name":"flow","answers":"{\\"flow_token\\": \\"tok-0001\\", \\"municipio\\": \\"zona-1\\", \\"personas\\": \\"3\\"}"} reply-to wamid.T1VULUZMT1ctMDAwMQ==`,
  ],
  '15-template-quick-reply-button.json': [
    `message wamid.SU4tUVJFUExZLTAwMDE= at 1795435275000 ${ana}: choice {"value":"STOP_UPDATES","title":"No recibir más"} reply-to wamid.T1VULVRQTC0wMDAx`,
  ],
  '16-audio-voice-note.json': [
    `message wamid.SU4tQVVESU8tMDAwMQ== at 1795435280000 ${ana}: media {"media":"audio","mediaId":"600000000000001"}`,
  ],
  '17-audio-file-no-url.json': [
    `message wamid.SU4tQVVESU8tMDAwMg== at 1795435285000 ${ana}: media {"media":"audio","mediaId":"600000000000002"}`,
  ],
  '18-image-with-caption.json': [
    `message wamid.SU4tSU1HLTAwMDE= at 1795435290000 ${ana}: media {"media":"image","mediaId":"600000000000003","caption":"Este es el papel que me dieron"}`,
  ],
  '19-image-no-caption.json': [
    `message wamid.SU4tSU1HLTAwMDI= at 1795435295000 ${ana}: media {"media":"image","mediaId":"600000000000004"}`,
  ],
  '20-document-pdf.json': [
    `message wamid.SU4tRE9DLTAwMDE= at 1795435300000 ${ana}: media {"media":"document","mediaId":"600000000000005","caption":"Mi constancia","fileName":"constancia.pdf"}`,
  ],
  '21-video.json': [
    `message wamid.SU4tVklELTAwMDE= at 1795435305000 ${ana}: media {"media":"video","mediaId":"600000000000006"}`,
  ],
  '22-sticker-static.json': [
    `message wamid.SU4tU1RLLTAwMDE= at 1795435310000 ${ana}: media {"media":"sticker","mediaId":"600000000000007"}`,
  ],
  '23-sticker-animated.json': [
    `message wamid.SU4tU1RLLTAwMDI= at 1795435315000 ${ana}: media {"media":"sticker","mediaId":"600000000000008"}`,
  ],
  '24-location-pin.json': [
    `message wamid.SU4tTE9DLTAwMDE= at 1795435320000 ${ana}: location {"latitude":14.634915,"longitude":-90.506882}`,
  ],
  '25-location-place-reply.json': [
    `message wamid.SU4tTE9DLTAwMDI= at 1795435325000 ${ana}: location {"latitude":14.6407,"longitude":-90.5133} reply-to wamid.T1VULUxPQ1JFUS0wMDAx`,
  ],
  '26-contacts-card.json': [`message wamid.SU4tQ09OLTAwMDE= at 1795435330000 ${ana}: contacts {}`],
  '27-contacts-contact-request.json': [
    `message wamid.SU4tQ09OLTAwMDI= at 1795435335000 ${luis}: contacts {}`,
  ],
  '28-reaction-added.json': [`message wamid.SU4tUkVBQ1QtMDAwMQ== at 1795435340000 ${ana}: reaction {}`],
  '29-reaction-removed.json': [`message wamid.SU4tUkVBQ1QtMDAwMg== at 1795435345000 ${ana}: reaction {}`],
  '30-order.json': [`message wamid.SU4tT1JELTAwMDE= at 1795435350000 ${ana}: unsupported {}`],
  '31-system-user-changed-number.json': [
    'identity [GT.10000000000000000001 50212345678] -> [GT.10000000000000000091 50255550000] to 50255550000',
  ],
  '32-system-user-changed-user-id.json': [
    'identity [GT.10000000000000000002] -> [GT.10000000000000000092] to GT.10000000000000000092',
  ],
  '33-unsupported-poll.json': [`message wamid.SU4tVU5TLTAwMDE= at 1795435365000 ${ana}: unsupported {}`],
  '34-unsupported-unavailable-131060.json': [
    `message wamid.SU4tVU5TLTAwMDI= at 1795435370000 ${ana}: unsupported {}`,
  ],
  '35-unsupported-media-too-large-131052.json': [
    `message wamid.SU4tVU5TLTAwMDM= at 1795435375000 ${ana}: unsupported {}`,
  ],
  '36-unknown-type-legacy.json': [`message wamid.SU4tVU5LLTAwMDE= at 1795435380000 ${ana}: unsupported {}`],
  '37-future-type-no-errors.json': [`message wamid.SU4tRlVULTAwMDE= at 1795435385000 ${ana}: unsupported {}`],
  '38-value-errors-130429.json': ['ignored value-error'],
  '39-status-sent.json': untagged,
  '40-status-delivered-free-allowance.json': untagged,
  '41-status-delivered-billable-service.json': untagged,
  '42-status-read.json': untagged,
  '43-status-played-voice.json': untagged,
  '44-status-failed-131047.json': untagged,
  '45-status-failed-131026.json': untagged,
  '46-status-failed-131049.json': untagged,
  '47-status-failed-131056-pair-limit.json': untagged,
  '48-status-delivered-bsuid-recipient.json': untagged,
  '49-status-failed-bsuid-131062.json': untagged,
  '50-status-sent-free-entry-point.json': untagged,
  '51-batch-three-messages-one-change.json': [
    `message wamid.SU4tQkFUQ0gtMDAwMQ== at 1795435400000 ${ana}: text {"text":"Hola"}`,
    `message wamid.SU4tQkFUQ0gtMDAwMg== at 1795435401000 ${ana}: text {"text":"necesito ayuda"}`,
    `message wamid.SU4tQkFUQ0gtMDAwMw== at 1795435402000 ${ana}: media {"media":"audio","mediaId":"600000000000009"}`,
  ],
  '52-batch-two-users-two-changes.json': [
    `message wamid.SU4tQkFUQ0gtMDAxMQ== at 1795435410000 ${ana}: text {"text":"Mensaje de Ana"}`,
    `message wamid.SU4tQkFUQ0gtMDAxMg== at 1795435410000 ${luis}: text {"text":"Mensaje de Luis"}`,
  ],
  '53-batch-two-entries-two-wabas.json': [
    `message wamid.SU4tQkFUQ0gtMDAyMQ== at 1795435420000 ${ana}: text {"text":"Para la línea 1"}`,
    'ignored account',
  ],
  '54-batch-messages-and-statuses.json': [
    `message wamid.SU4tQkFUQ0gtMDAzMQ== at 1795435430000 ${ana}: text {"text":"Gracias"}`,
    'ignored status-untagged',
    'ignored status-untagged',
  ],
  '55-batch-statuses-out-of-order.json': [
    'ignored status-untagged',
    'ignored status-untagged',
    'ignored status-untagged',
  ],
  '56-duplicate-of-01.json': [
    `message wamid.SU4tVEVYVC0wMDAx at 1795435200000 ${ana}: text {"text":"Hola, necesito información sobre vacunas para mi hija"}`,
  ],
  '57-duplicate-wamid-inside-one-post.json': [
    `message wamid.SU4tRFVQLTAwMDE= at 1795435450000 ${ana}: text {"text":"repetido"}`,
    `message wamid.SU4tRFVQLTAwMDE= at 1795435450000 ${ana}: text {"text":"repetido"}`,
  ],
  '58-late-retry-old-timestamp.json': [
    `message wamid.SU4tTEFURS0wMDAx at 1794916800000 ${ana}: text {"text":"Este mensaje llega seis días tarde por reintentos"}`,
  ],
  '59-message-out-of-order-older.json': [
    `message wamid.SU4tVEVYVC0wMDAw at 1795435197000 ${ana}: text {"text":"Este se escribió antes que el 01"}`,
  ],
  '60-text-mexico-521.json': [
    'message wamid.SU4tTVgtMDAwMQ== at 1795435460000 from [MX.30000000000000000001 525512345678 5215512345678] to 5215512345678 in MX: text {"text":"Desde México"}',
  ],
  '61-text-argentina-549.json': [
    'message wamid.SU4tQVItMDAwMQ== at 1795435465000 from [AR.30000000000000000002 5491123456789 541123456789] to 5491123456789 in -: text {"text":"Desde Argentina"}',
  ],
  '62-text-brazil-without-ninth-digit.json': [
    'message wamid.SU4tQlItMDAwMQ== at 1795435470000 from [BR.30000000000000000003 5511987654321 551187654321] to 551187654321 in -: text {"text":"Do Brasil"}',
  ],
  '63-group-message.json': ['ignored group'],
  '64-revoke-coexistence-only.json': ['ignored revoke'],
  '65-edit-coexistence-only.json': ['ignored edit'],
  '66-user-preferences-stop.json': ['ignored user_preferences'],
  '67-account-update-restriction.json': ['ignored account_update'],
  '68-account-update-violation.json': ['ignored account_update'],
  '69-template-status-paused.json': ['ignored message_template_status_update'],
  '70-phone-number-quality-update.json': ['ignored phone_number_quality_update'],
  '71-unknown-field.json': ['ignored field'],
  '72-empty-entry.json': ['ignored empty'],
  '73-identity-key-hash.json': [
    `message wamid.SU4tVEVYVC0wMDcz at 1795435530000 ${ana}: text {"text":"Con verificación de cambio de identidad"}`,
  ],
  '74-status-delivered-paid-exempt.json': untagged,
};

describe('every recorded body of Meta', () => {
  test('has an expected reading', () => {
    expect(fixtureNames()).toEqual(Object.keys(expected).sort());
  });

  test.each(Object.keys(expected))('%s is read as expected', (name) => {
    expect(linesOf(name)).toEqual(expected[name]);
  });
});

describe('statuses of our own sends', () => {
  const tag = 'p17:1795435200000-3:Zm9vYmFyYmF6cXV4MTIzNA';
  const tagged = (name: string): Buffer => {
    const text = fixture(name).toString('utf8');
    const untaggedText = text.replace(/"biz_opaque_callback_data": "[^"]*"/u, '"ignored_by_us": 1');
    return Buffer.from(untaggedText.replace('"status":', `"biz_opaque_callback_data": "${tag}", "status":`));
  };
  const reports = (name: string) =>
    readWebhookBody(tagged(name), accounts).map((update) =>
      update.kind === 'status' ? update.report : update,
    );

  test.each([
    ['39-status-sent.json', 'sent', 1795435202000],
    ['40-status-delivered-free-allowance.json', 'delivered', 1795435203000],
    ['42-status-read.json', 'read', 1795435209000],
    ['43-status-played-voice.json', 'played', 1795435320000],
    ['48-status-delivered-bsuid-recipient.json', 'delivered', 1795525240000],
  ] as const)('%s is reported as %s', (name, status, at) => {
    expect(reports(name)).toEqual([
      {
        partition: 17,
        outboxId: '1795435200000-3',
        conversationId: 'Zm9vYmFyYmF6cXV4MTIzNA',
        status,
        at,
      },
    ]);
  });

  test.each([
    ['44-status-failed-131047.json', 'send-window-closed'],
    ['45-status-failed-131026.json', 'send-undeliverable'],
    ['46-status-failed-131049.json', 'send-undeliverable'],
    ['47-status-failed-131056-pair-limit.json', 'send-pair-limit'],
    ['49-status-failed-bsuid-131062.json', 'send-undeliverable'],
  ] as const)('%s is reported as failed with %s', (name, error) => {
    expect(reports(name)).toEqual([expect.objectContaining({ status: 'failed', error })]);
  });
});
