using System.Buffers;
using System.Text.Json;
using ConnectorDb.Core.Protocol.Datapoints;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>One request to a server.</summary>
/// <param name="Address">Below <c>/api/v1/</c>, with its parameters, escaped.</param>
/// <param name="About">What errors are about.</param>
internal sealed record RestRequest(HttpMethod Method, string Address, object? About)
{
    /// <summary>The body in JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Sending it twice does what sending it once does.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Asks an append to store the valid datapoints when others are invalid (RFC 7240).</summary>
    public bool IsLenient { get; init; }

    /// <summary>The idempotency key of an append, with which it may be repeated.</summary>
    public string? InsertId { get; init; }

    /// <summary>It may be sent again although it may have reached the server.</summary>
    public bool IsSafe => IsRepeatable || InsertId is not null;

    /// <summary>Say at once what is wrong, and do not try again.</summary>
    public bool IsSingleAttempt { get; init; }

    public static RestRequest Get(string address, object? about) => new(HttpMethod.Get, address, about) { IsRepeatable = true };

    /// <summary>The path of the user, device or stream below <c>crud/</c>.</summary>
    public static string AddressOf(CdbPath path) => "crud/" + path.ToStream();

    /// <summary>The address of the datapoints of the stream, with the parameters.</summary>
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
