using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Sockets;

/// <summary>
/// A message from the server. Data: <c>{"stream", "transform", "data"}</c>, extended by <c>i</c>, <c>next</c> and <c>id</c>.
/// Answer to a command: <c>{"stream": "", "cmd", "arg", "transform", "id", "ok", "i", "error"}</c>; old clients ignore it because its stream is empty.
/// </summary>
public sealed record SocketMessage
{
    /// <summary>The path of the data; empty in an answer.</summary>
    public string Stream { get; init; } = "";

    public string? Transform { get; init; }

    /// <summary>The id of the command.</summary>
    public long? Id { get; init; }

    /// <summary>Data: the index of the first datapoint before the transform. Answer to subscribe: the index of the first datapoint to come.</summary>
    public long? Index { get; init; }

    /// <summary>Data: the index after the last datapoint before the transform.</summary>
    public long? Next { get; init; }

    public Block? Data { get; init; }

    /// <summary>The answered command.</summary>
    public string? Command { get; init; }

    public string? Argument { get; init; }

    /// <summary>The reason for the refusal of the command or the end of the subscription.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The answer to a successful command.</summary>
    public static SocketMessage Done(SocketCommand command, long? index = null) => Answer(command) with { Index = index };

    /// <summary>The answer to a refused command, or the notice that the subscription of this command has ended.</summary>
    public static SocketMessage Refused(SocketCommand command, Failure failure) => Answer(command) with { Failure = failure };

    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("stream", Stream);
        writer.WriteIfGiven("cmd", Command);
        writer.WriteIfGiven("arg", Argument);
        writer.WriteIfGiven("transform", Transform);
        DataQueryJson.WriteNumber(writer, "id", Id);
        DataQueryJson.WriteNumber(writer, "i", Index);
        DataQueryJson.WriteNumber(writer, "next", Next);
        if (Command is not null)
        {
            writer.WriteBoolean("ok", Failure is null);
        }

        if (Failure is { } failure)
        {
            writer.WritePropertyName("error");
            failure.WriteTo(writer);
        }

        if (Data is { } data)
        {
            writer.WritePropertyName("data");
            DatapointWriter.WriteArray(writer, data);
        }

        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The text is not JSON, or not a message.</exception>
    public static SocketMessage Read(ReadOnlySpan<byte> utf8Json)
    {
        JsonFields fields = JsonFields.ParseAround(utf8Json, "data", out Range data);
        return new SocketMessage
        {
            Stream = fields.Text("stream") ?? "",
            Transform = fields.Text("transform"),
            Id = fields.Integer("id"),
            Index = fields.Integer("i"),
            Next = fields.Integer("next"),
            Command = fields.Text("cmd"),
            Argument = fields.Text("arg"),
            Failure = fields.Value("error") is { } error ? Failure.Read(JsonFields.Of(error, "The error")) : null,
            Data = DatapointReader.ReadPart(utf8Json, data, DatapointDirection.Answer, fields.Text("stream")),
        };
    }

    private static SocketMessage Answer(SocketCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new SocketMessage { Command = command.Name, Argument = command.Argument, Transform = command.Transform, Id = command.Id };
    }
}
