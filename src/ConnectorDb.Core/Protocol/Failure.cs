using System.Text.Json;

namespace ConnectorDb.Core.Protocol;

/// <summary>
/// What went wrong, as it goes over the wire: <c>{"code", "msg", "ref"}</c> as ever, and beyond that what it takes to make the
/// same exception on the other side.
/// </summary>
public sealed record Failure
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The name of the kind in <see cref="FailureKinds"/>; null from a server that has none.</summary>
    public string? Kind { get; init; }

    public required string Message { get; init; }

    /// <summary>The message of the exception, where <see cref="Message"/> begins with the words of the original server.</summary>
    public string? Detail { get; init; }

    /// <summary>What the server wrote beside it in its log.</summary>
    public required string Reference { get; init; }

    /// <summary>What it is about: the text of a name or a script, or a path.</summary>
    public object? Target { get; init; }

    /// <summary>The datapoint it is about, from 0.</summary>
    public int? Index { get; init; }

    /// <summary>What is wrong with that datapoint, without saying which.</summary>
    public string? Reason { get; init; }

    /// <summary>Where in a script: line and column from 1, and how many characters.</summary>
    public (int Line, int Column, int Length)? Place { get; init; }

    /// <summary>The time of the datapoint that a script met: unix seconds.</summary>
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
            Target = error.Target is string or CdbPath ? error.Target : null,
            Index = (error as IDatapointFault)?.Place,
            Reason = (error as IDatapointFault)?.Reason,
            Place = error is ScriptSyntaxException syntax ? (syntax.Line, syntax.Column, syntax.Length) : null,
            T = (error as ScriptRuntimeException)?.T,
        };
    }

    /// <summary>A failure that no exception of the model stands for.</summary>
    public static Failure Of(int status, string message)
        => new() { Status = status, Kind = FailureKinds.NameOf(status), Message = message, Reference = Guid.NewGuid().ToString() };

    /// <summary>The exception that the other side met; null when the kind is not known here.</summary>
    /// <param name="asked">What the caller was about, should the failure not say.</param>
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

    /// <exception cref="InvalidValueException">The fields are not those of a failure.</exception>
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

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
