using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConnectorDb.Core.Protocol;

/// <summary>
/// An error as it is sent to clients: <c>{"code", "msg", "ref"}</c>, as in ConnectorDB 0.3, and further members from which our client
/// recreates the exception.
/// </summary>
public sealed partial record Failure
{
    /// <summary>The length of the longest text that is sent: a client does not get megabytes of its own request back.</summary>
    private const int MaxText = 1000;

    /// <summary>The length of the longest part of a request in a message, where it stands in quotation marks.</summary>
    private const int MaxQuote = 200;

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The name of the kind in <see cref="FailureKinds"/>, or null from a server without kinds.</summary>
    public string? Kind { get; init; }

    /// <summary>The message, cut when it is very long.</summary>
    public required string Message
    {
        get;
        init => field = Shortened(value);
    }

    /// <summary>The message of the exception, when <see cref="Message"/> begins with that of ConnectorDB 0.3.</summary>
    public string? Detail
    {
        get;
        init => field = value is null ? null : Shortened(value);
    }

    /// <summary>The reference under which the log of the server has the details.</summary>
    public required string Reference { get; init; }

    /// <summary>The target of the error: a name, a script, or a path.</summary>
    public object? Target { get; init; }

    /// <summary>The index of the datapoint in the request, from 0.</summary>
    public int? Index { get; init; }

    /// <summary>The error of that datapoint, without its index.</summary>
    public string? Reason
    {
        get;
        init => field = value is null ? null : Shortened(value);
    }

    /// <summary>The position in a script: line and column from 1, and length in characters.</summary>
    public (int Line, int Column, int Length)? Place { get; init; }

    /// <summary>The time of the datapoint on which a script failed, in unix seconds.</summary>
    public double? T { get; init; }

    public static Failure Of(CdbException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        FailureKind kind = FailureKinds.Of(error);
        return new Failure
        {
            Status = kind.Status,
            Kind = kind.Name,
            Message = error.Message,
            Reference = Guid.NewGuid().ToString(),
            Target = error.Target is CdbPath or string { Length: <= MaxQuote } || (error is ScriptSyntaxException or ScriptRuntimeException && error.Target is string { Length: <= MaxText }) ? error.Target : null,
            Index = (error as IDatapointFault)?.Place,
            Reason = (error as IDatapointFault)?.Reason,
            Place = error is ScriptSyntaxException syntax ? (syntax.Line, syntax.Column, syntax.Length) : null,
            T = (error as ScriptRuntimeException)?.T,
        };
    }

    /// <summary>An error without an exception of the model.</summary>
    public static Failure Of(int status, string message)
        => new() { Status = status, Kind = FailureKinds.NameOf(status), Message = message, Reference = Guid.NewGuid().ToString() };

    /// <summary>Recreates the exception, or returns null when the kind is unknown.</summary>
    /// <param name="asked">The target of the call, used when the error has none.</param>
    public CdbException? ToException(object? asked) => FailureKinds.Find(Kind)?.Restore(this with { Message = Detail ?? Message }, Target ?? asked);

    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("code", Status);
        writer.WriteString("msg", Message);
        writer.WriteString("ref", Reference);
        WriteText(writer, "kind", Kind);
        WriteText(writer, "detail", Detail);
        WriteText(writer, Target is CdbPath ? "path" : "target", Target?.ToString());
        WriteText(writer, "reason", Reason);
        if (Index is { } index)
        {
            writer.WriteNumber("index", index);
        }

        if (Place is var (line, column, length))
        {
            writer.WriteNumber("line", line);
            writer.WriteNumber("column", column);
            writer.WriteNumber("length", length);
        }

        if (T is { } t && double.IsFinite(t))
        {
            writer.WriteNumber("t", t);
        }

        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The JSON is not an error.</exception>
    public static Failure Read(JsonFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return new Failure
        {
            Status = (int)(fields.Integer("code") ?? 0),
            Message = fields.Text("msg") ?? throw new InvalidValueException("An error body needs a 'msg'.", null),
            Reference = fields.Text("ref") ?? "",
            Kind = fields.Text("kind"),
            Detail = fields.Text("detail"),
            Target = fields.Text("path") is { } path ? CdbPath.Parse(path) : fields.Text("target"),
            Reason = fields.Text("reason"),
            Index = (int?)fields.Integer("index"),
            Place = fields.Integer("line") is { } line ? ((int)line, (int)(fields.Integer("column") ?? 1), (int)(fields.Integer("length") ?? 1)) : null,
            T = fields.Number("t"),
        };
    }

    private static string Shortened(string text)
        => MessageText.Cut(LongQuote().Replace(text, quote => $"{quote.Value[0]}{MessageText.Cut(quote.Value[1..^1], MaxQuote)}{quote.Value[^1]}"), MaxText);

    /// <summary>More than <see cref="MaxQuote"/> characters in quotation marks.</summary>
    [GeneratedRegex("'[^']{201,}'|\"[^\"]{201,}\"")]
    private static partial Regex LongQuote();

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
