using System.Text;
using System.Text.Json;
using ConnectorDb.Contracts;

namespace ConnectorDb.Core.Protocol.Datapoints;

/// <summary>The result of an append: <c>{"count", "target", "rejected": [errors], "error": error}</c>, the last two where there are any.</summary>
public static class AppendResultJson
{
    /// <param name="words">Changes the words of errors.</param>
    public static void Write(Utf8JsonWriter writer, AppendResult result, Func<Failure, Failure>? words = null)
    {
        words ??= failure => failure;
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        writer.WriteNumber("count", result.Count);
        writer.WriteString("target", result.Target);
        if (result.Rejected.Length > 0)
        {
            writer.WriteStartArray("rejected");
            foreach (RejectedDatapoint rejected in result.Rejected)
            {
                words(Failure.Of(rejected.Error) with { Index = rejected.Index }).WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        if (result.Error is { } error)
        {
            writer.WritePropertyName("error");
            words(Failure.Of(error)).WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteAll(Utf8JsonWriter writer, IEnumerable<AppendResult> results, Func<Failure, Failure>? words = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(results);
        writer.WriteStartArray();
        foreach (AppendResult result in results)
        {
            Write(writer, result, words);
        }

        writer.WriteEndArray();
    }

    /// <exception cref="InvalidValueException">The fields are not those of a result.</exception>
    public static AppendResult Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        CdbPath target = CdbPath.Parse(fields.Text("target") ?? throw new InvalidValueException("The result of an append needs a 'target'.", null));
        return new AppendResult(fields.Integer("count") ?? 0, target)
        {
            Rejected = fields.Array("rejected") is { } rejected ? Array.ConvertAll(rejected, item => ReadRejected(item, target)) : [],
            Error = fields.Value("error") is { } error ? ReadError(Failure.Read(JsonFields.Of(error, "The error of a block")), target) : null,
        };
    }

    /// <summary>The results as a receipt holds them: the path of a single stream, as ever, or JSON.</summary>
    public static string WriteReceipt(IReadOnlyList<AppendResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results is [{ Rejected.Length: 0, Error: null } only])
        {
            return only.Target;
        }

        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json, DatapointWriter.Options))
        {
            WriteAll(writer, results);
        }

        return Encoding.UTF8.GetString(json.ToArray());
    }

    /// <inheritdoc cref="WriteReceipt"/>
    public static AppendResult[] ReadReceipt(long count, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith('[')
            ? Array.ConvertAll(JsonFields.ParseArray(Encoding.UTF8.GetBytes(text)), item => Read(JsonFields.Of(item, "A result")))
            : [new AppendResult(count, CdbPath.Parse(text))];
    }

    private static RejectedDatapoint ReadRejected(DataValue item, CdbPath target)
    {
        Failure failure = Failure.Read(JsonFields.Of(item, "A rejected datapoint"));
        return new RejectedDatapoint(failure.Index ?? 0, ReadError(failure, target));
    }

    private static CdbException ReadError(Failure failure, CdbPath target)
        => failure.ToException(target) ?? new StoreException(StoreFault.Failed, failure.Message, target);
}
