using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace ConnectorDb.Server.Tests.Attacks;

/// <summary>Makes requests to every endpoint of the API's description, with parameters, bodies and headers that are partly right.</summary>
internal sealed class RandomRequest(JsonElement description, int seed)
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"];
    private static readonly string[] s_users = ["ann", "ann", "ann", "pub", "new", "ANN", "nobody", "admin"];
    private static readonly string[] s_devices = ["user", "pi", "pi", "new", "meta", "x", "1"];
    private static readonly string[] s_streams = ["s", "s", "log", "new", "text", "downlink", "e"];
    private static readonly string[] s_names = ["..", ".", "%00", "%2F", "a%20b", "%C3%BC", "%FF", "%F0%9F%98%80", "-1", "NaN", "{x}", "%25", "*", new('n', 300), "%0D%0A", "'", "\"", "\\", ";", "~"];
    private static readonly string[] s_parameters = ["q", "i1", "i2", "t1", "t2", "limit", "after", "transform", "downlink", "streams", "t", "public", "visible", "remember", "x", "apikey", "columns", "every", "timezone", "db", "db", "precision", "bucket", "u", "p"];

    private static readonly string[] s_commands = ["ls", "this", "length", "last", "summary", "chart", "chart", "time2index", "devices", "streams", "countusers"];

    private static readonly string[] s_values =
    [
        "", "ls", "this", "length", "last", "summary", "time2index", "devices", "streams", "countusers", "true", "false", "0", "1", "-1", "10", "1e3", "1e309", "-1e400", "NaN", "Infinity", "0x10", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "1700000000", "253402300800", "ann", "ann/pi", "$", "if $ > 3", "sum | if last", "map($ > 2, count)", "d", "$[0]", "$['x']", "1/0", "while($ < 3, mean)",
        "top(3)", "'", "if(", "%", "\0", "ü", "next", "apply($ + 1)", "{\"a\": $, \"b\": $}", "count:", "tshift(1e300)", "domain('x')", "wc", "linear", "i1", "chart", "800", "1d", "1mo", "Europe/Berlin", "0.000001",
    ];

    private static readonly string[] s_bodies =
    [
        "[{\"t\": 1800000000, \"d\": 1}]", "[{\"d\": 2}, {\"d\": \"x\"}]", "{\"d\": [1, 2, {\"a\": null}]}", "5", "\"text\"", "true", "null", "[]", "{}", "",
        "[{\"stream\": \"ann/pi/s\", \"i1\": 0, \"i2\": 5, \"transform\": \"sum\"}, {\"stream\": \"ann/pi/text\", \"t1\": 1, \"t2\": 1800000000, \"limit\": 3}]",
        "[{\"stream\": \"ann/pi/s\", \"data\": [{\"t\": 1800000001, \"d\": 5}], \"arrival\": true}]", "[\"ann/pi/s\", \"ann/pi/text\", \"ann/pi/x\"]",
        "{\"t1\": 1700000000, \"t2\": 1700000100, \"dt\": 10, \"dataset\": {\"a\": {\"stream\": \"ann/pi/s\", \"interpolator\": \"closest\"}, \"b\": {\"merge\": [{\"stream\": \"ann/pi/text\"}], \"interpolator\": \"count\"}}, \"posttransform\": \"$\"}",
        "{\"stream\": \"ann/pi/s\", \"i1\": 0, \"dataset\": {\"y\": {\"stream\": \"ann/pi/text\", \"interpolator\": \"before\", \"allownil\": true}}, \"limit\": 2}",
        "[{\"stream\": \"ann/pi/s\", \"columns\": 100}, {\"stream\": \"ann/pi/s\", \"every\": \"1d\", \"timezone\": \"Europe/Berlin\", \"transform\": \"$ * 2\"}, {\"stream\": \"ann/pi/text\", \"every\": 0.5}]",
        "{\"email\": \"new@localhost\", \"password\": \"a long enough password\", \"role\": \"user\", \"public\": true, \"devices\": {\"pi\": {\"streams\": {\"s\": {}}}}}",
        "{\"nickname\": \"n\", \"description\": \"d\", \"icon\": \"urn:x\", \"role\": \"writer\", \"public\": false, \"visible\": true, \"streams\": {\"x\": {\"schema\": \"{}\"}}}",
        "{\"schema\": \"{\\\"type\\\": \\\"number\\\", \\\"minimum\\\": 3}\", \"datatype\": \"number\", \"ephemeral\": true, \"downlink\": true, \"subtype\": \"\"}",
        "{\"name\": \"cpu\", \"key\": \"cpu.load\", \"arg\": \"x\", \"interval\": 5}", "\ufeff[{\"d\": 3}]",
        "air,room=a\\ b temp=21.5,open=t,note=\"x\\\"y\",n=5i 1800000000\nair temp=1\n# c\n\nbad\nair,=x v=1\nair v=1e999 1\nair v=99999999999999999999i -1",
    ];

    private static readonly string[] s_parts = ["null", "-1", "1e400", "\"\"", "[]", "{}", "\"\\ud800\"", "[[[[[[", "}", "]", ",", "99999999999999999999", "0.1", "\"ann/pi/s\"", "true", "\u00ff", "\\", "\"d\":", "NaN", " "];

    private readonly Random _random = new(seed);
    private readonly (string Path, string[] Methods)[] _endpoints = [.. description.GetProperty("paths").EnumerateObject().Select(path => (path.Name, path.Value.EnumerateObject().Select(method => method.Name.ToUpperInvariant()).Where(s_methods.Contains).ToArray()))];

    /// <summary>The next request of the sequence.</summary>
    public HttpRequestMessage Next()
    {
        (string path, string[] methods) = Of(_endpoints);
        HttpRequestMessage request = new(new HttpMethod(Of(Chance(0.9) && methods.Length > 0 ? methods : s_methods)), Path(path) + Query());
        if (request.Method == HttpMethod.Delete && IsCaller(request.RequestUri!.OriginalString.Split('?')[0]))
        {
            request.Method = HttpMethod.Get;
        }

        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head && Chance(0.9))
        {
            byte[] body = Body();
            bool isPacked = Chance(0.1);
            request.Content = new ByteArrayContent(isPacked ? Packed(body) : body);
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", isPacked ? ["gzip"] : Chance(0.02) ? ["gzip"] : Chance(0.02) ? ["br"] : []);
            request.Headers.TransferEncodingChunked = Chance(0.1) ? true : null;
        }

        foreach ((string name, string[] values) in new[]
        {
            ("Accept", new[] { "text/csv", "*/*", "text/html", ";;" }), ("Prefer", ["handling=lenient", "x"]), ("X-ConnectorDb-Insert-Id", ["1", "2", new string('i', 101)]),
            ("Cookie", ["connectordb-session=x", "connectordb-session="]), ("Origin", ["https://evil.example", "null"]), ("Expect", ["100-continue"]),
        })
        {
            if (Chance(0.05))
            {
                request.Headers.TryAddWithoutValidation(name, Of(values));
            }
        }

        return request;
    }

    /// <summary>The body in gzip, now and then damaged.</summary>
    private byte[] Packed(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        byte[] bytes = [.. packed.ToArray(), 0];
        bytes[_random.Next(bytes.Length)] ^= (byte)(Chance(0.2) ? 1 : 0);
        return bytes[..(Chance(0.9) ? bytes.Length : _random.Next(bytes.Length))];
    }

    /// <summary>True for the user and devices that the callers are: without them, all later requests would be refused.</summary>
    private static bool IsCaller(string path)
        => Uri.TryCreate("http://x" + path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), UriKind.Absolute, out Uri? address)
            && address.AbsolutePath.ToUpperInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries) is ["API", "V1", "CRUD", "ANN"] or ["API", "V1", "CRUD", "ANN", "PI" or "USER"];

    private string Path(string template)
    {
        StringBuilder path = new();
        foreach (string part in template.Split('/').Skip(1))
        {
            string name = !part.StartsWith('{') ? part : Chance(0.08) ? Of(s_names) : Of(part switch { "{user}" => s_users, "{device}" => s_devices, _ => s_streams });
            path.Append('/').Append(name);
        }

        return path.ToString();
    }

    private string Query()
    {
        IEnumerable<string> parameters = Enumerable.Range(0, Chance(0.3) ? 0 : _random.Next(4)).Select(_ => Of(s_parameters)).Where(name => name != "apikey" || Chance(0.1));
        return "?" + string.Join('&', parameters.Select(name => $"{name}={Uri.EscapeDataString(Of(name == "q" && Chance(0.8) ? s_commands : s_values))}"));
    }

    private byte[] Body()
    {
        StringBuilder body = new(Of(s_bodies));
        for (int changes = _random.Next(4); changes > 0; changes--)
        {
            int at = _random.Next(body.Length + 1);
            int length = Math.Min(_random.Next(8), body.Length - at);
            switch (_random.Next(5))
            {
                case 0:
                    body.Remove(at, length);
                    break;
                case 1:
                    body.Insert(at, Of(s_parts));
                    break;
                case 2:
                    body.Remove(at, length).Insert(at, Of(s_parts));
                    break;
                case 3:
                    body.Insert(at, body.ToString(at, length));
                    break;
                default:
                    body.Insert(at, Of(s_values));
                    break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(body.ToString());
        if (bytes.Length > 0 && Chance(0.05))
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        }

        return bytes;
    }

    private bool Chance(double share) => _random.NextDouble() < share;

    private T Of<T>(T[] all) => all[_random.Next(all.Length)];

    public static string Text(HttpRequestMessage request, string body)
        => string.Create(CultureInfo.InvariantCulture, $"{request.Method} {request.RequestUri} [{string.Join("; ", request.Headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}"))}] {body}");
}
