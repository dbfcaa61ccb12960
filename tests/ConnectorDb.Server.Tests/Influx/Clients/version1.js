// Writes and reads with the client "influx" for Node. Arguments: port, password. Prints one JSON object.
const Influx = require('influx');
const { FLOAT, INTEGER, BOOLEAN, STRING } = Influx.FieldType;

const client = new Influx.InfluxDB({
  host: '127.0.0.1', port: Number(process.argv[2]), username: 'me', password: process.argv[3], database: 'node',
  schema: [{ measurement: 'air', fields: { value: FLOAT, n: INTEGER, ok: BOOLEAN, text: STRING }, tags: ['room'] }],
});

(async () => {
  const online = (await client.ping(10000)).map(host => host.online);
  await client.createDatabase('node');
  const points = Array.from({ length: 1000 }, (_, i) => ({
    measurement: 'air', tags: { room: `no ${i % 4}` }, fields: { value: i * 0.5, n: i, ok: i % 2 === 0, text: 'a "b" \\ c' }, timestamp: 1596240000000 + i * 1000,
  }));
  await client.writePoints(points, { precision: 'ms' });
  const failure = await client.query('SELECT foo(').catch(error => error.message);
  console.log(JSON.stringify({
    online,
    databases: await client.getDatabaseNames(),
    measurements: await client.getMeasurements(),
    series: (await client.getSeries()).length,
    counts: await client.query('SELECT count(value), max(n) FROM air GROUP BY room'),
    first: await client.query('SELECT * FROM air LIMIT 1'),
    bound: await client.query('SELECT n FROM air WHERE room = $room LIMIT 1', { placeholders: { room: 'no 1' } }),
    two: await client.query(['SELECT count(n) FROM air', 'SELECT max(value) FROM air']),
    failure,
  }));
})();
