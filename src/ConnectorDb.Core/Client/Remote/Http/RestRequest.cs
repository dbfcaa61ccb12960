using System.Buffers;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>One request to a server.</summary>
/// <param name="Address">Relative to <c>/api/v1/</c>, escaped, with parameters.</param>
/// <param name="About">The target of errors.</param>
internal sealed record RestRequest(HttpMethod Method, string Address, object? About)
{
    /// <summary>The body in JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Repeating the request has no further effect.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The preferences of an append (RFC 7240).</summary>
    public IEnumerable<string> Preferences { get; init; } = [];

    /// <summary>The idempotency key of an append, with which it may be repeated.</summary>
    public string? InsertId { get; init; }

    /// <summary>The request may be repeated although the server may have received it.</summary>
    public bool IsSafe => IsRepeatable || InsertId is not null;

    /// <summary>The scripts that the request runs, for errors that do not name theirs; empty when there is none.</summary>
    public string Script { get; init; } = "";

    /// <summary>The request runs a script or an interpolator.</summary>
    public bool RunsScript => Script.Length > 0;

    /// <summary>The request is not retried.</summary>
    public bool IsSingleAttempt { get; init; }

    public static RestRequest Get(string address, object? about) => new(HttpMethod.Get, address, about) { IsRepeatable = true };

    /// <summary>The address of a user, device or stream.</summary>
    public static string AddressOf(CdbPath path) => "crud/" + path.ToStream();

    /// <summary>The address of the datapoints of a stream, with parameters.</summary>
    public static string DataOf(CdbPath path, string parameters)
    {
        string query = path.IsDownlink && !parameters.Contains("downlink=", StringComparison.Ordinal)
            ? parameters + (parameters.Length > 0 ? "&" : "") + "downlink=true"
            : parameters;
        return $"{AddressOf(path)}/data{(query.Length > 0 ? "?" : "")}{query}";
    }

    public static byte[] Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, DatapointWriter.Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
