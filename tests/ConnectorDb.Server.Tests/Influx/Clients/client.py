"""Writes and reads with the client of InfluxDB 1 for Python. Arguments: port, password. Prints one JSON object."""
import json
import sys

from influxdb import InfluxDBClient
from influxdb.exceptions import InfluxDBClientError

client = InfluxDBClient("127.0.0.1", int(sys.argv[1]), "me", sys.argv[2], "python", gzip=True)
client.ping()
client.create_database("python")
start = 1596240000
client.write_points(
    [
        {
            "measurement": "room air",
            "tags": {"room": "no %d" % (i % 4)},
            "time": (start + i) * 1000,
            "fields": {"value": i * 0.5, "n": i, "ok": i % 2 == 0, "text": 'a "b" \\ c'},
        }
        for i in range(1000)
    ],
    time_precision="ms",
    batch_size=400,
)


def failure(action):
    try:
        action()
    except InfluxDBClientError as error:
        return [error.code, json.loads(error.content) if isinstance(error.content, str) and error.content.startswith("{") else str(error.content)]


print(json.dumps({
    "databases": client.get_list_database(),
    "measurements": client.get_list_measurements(),
    "series": len(client.get_list_series()),
    "counts": [[key[1], list(rows)] for key, rows in client.query('SELECT count(value), max(n) FROM "room air" GROUP BY room').items()],
    "first": list(client.query('SELECT * FROM "room air" LIMIT 1', epoch="ms").get_points()),
    "time": list(client.query('SELECT n FROM "room air" LIMIT 1').get_points()),
    "bound": list(client.query('SELECT n FROM "room air" WHERE room = $room LIMIT 1', bind_params={"room": "no 1"}, epoch="ms").get_points()),
    "bad query": failure(lambda: client.query("SELECT foo(")),
    "bad line": failure(lambda: client.write(["m v="], {"db": "python"}, protocol="line")),
}))
