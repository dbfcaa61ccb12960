// Writes with the client "@influxdata/influxdb-client" for Node. Arguments: address, token. Prints one JSON object.
const { InfluxDB, Point } = require('@influxdata/influxdb-client');
const [, , url, token] = process.argv;

async function failure(token, line) {
  const writer = new InfluxDB({ url, token }).getWriteApi('any', 'node2', 'ms', { maxRetries: 0 });
  writer.writeRecord(line);
  return writer.close().then(() => null, error => [error.statusCode, error.body]);
}

(async () => {
  const writer = new InfluxDB({ url, token }).getWriteApi('any', 'node2', 'ms', { batchSize: 300, maxRetries: 0, gzipThreshold: 1000 });
  for (let i = 0; i < 1000; i++) {
    writer.writePoint(new Point('air').tag('room', `no ${i % 4}`).floatField('value', i * 0.5).intField('n', i).booleanField('ok', i % 2 === 0)
      .stringField('text', 'a "b" \\ c').timestamp(1596240000000 + i * 1000));
  }

  await writer.close();
  console.log(JSON.stringify({ badLine: await failure(token, 'air value='), badToken: await failure('wrong', 'air value=1') }));
})();
