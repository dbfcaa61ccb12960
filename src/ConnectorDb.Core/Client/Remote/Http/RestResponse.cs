using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Core.Client.Remote.Http;

/// <summary>A successful response with its whole body.</summary>
internal sealed record RestResponse(byte[] Body, HttpResponseHeaders Headers, object? About)
{
    public string Text => Encoding.UTF8.GetString(Body).Trim();

    /// <exception cref="StoreException">The body is not an integer.</exception>
    public long Number => long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw ErrorResponses.Invalid(About);

    /// <summary>The value of a header; null when it is missing.</summary>
    public string? Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    /// <summary>Throws if the body is not the acknowledgement of a change. A login page has the same status.</summary>
    /// <exception cref="StoreException">The body is something else.</exception>
    public void CheckOk()
    {
        if (Text != "ok")
        {
            throw ErrorResponses.Invalid(About);
        }
    }

    /// <summary>Reads the body as one value.</summary>
    /// <exception cref="StoreException">The body is not valid; a ConnectorDB 0.3 server sends an empty one when it fails.</exception>
    public T Read<T>(Func<DataValue, T> read)
    {
        try
        {
            return read(JsonFields.ParseValue(Body));
        }
        catch (Exception error) when (error is InvalidValueException or InvalidNameException)
        {
            throw ErrorResponses.Invalid(About, error);
        }
    }

    /// <summary>Reads the body as an object.</summary>
    /// <inheritdoc cref="Read"/>
    public T ReadObject<T>(Func<JsonFields, T> read) => Read(value => read(JsonFields.Of(value, "The answer")));

    /// <summary>Reads the body as a list of objects; a ConnectorDB 0.3 server sends null for an empty list.</summary>
    /// <inheritdoc cref="Read"/>
    public T[] ReadList<T>(Func<JsonFields, T> read)
        => Read(value => value.IsNull ? [] : Array.ConvertAll(JsonFields.ArrayOf(value, "The answer"), item => read(JsonFields.Of(item, "An item of the answer"))));
}
