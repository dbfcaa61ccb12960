using System.Text.Json;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol.Datapoints;
using ConnectorDb.Core.Protocol.Queries;
using ConnectorDb.Core.Protocol.Tree;

namespace ConnectorDb.Core.Protocol.Sockets;

/// <summary>A command from the client: <c>{"cmd", "arg", "transform", "d"}</c>, extended by <c>from</c> and <c>id</c>.</summary>
public sealed record SocketCommand
{
    public const string Subscribe = "subscribe";
    public const string Unsubscribe = "unsubscribe";
    public const string UnsubscribeAll = "unsubscribe_all";
    public const string Insert = "insert";

    public required string Name { get; init; }

    /// <summary>The path, or null for commands without one.</summary>
    public string? Argument { get; init; }

    public string? Transform { get; init; }

    /// <summary>Subscribe: the first index to send; null begins with datapoints written after the acknowledgement.</summary>
    public long? From { get; init; }

    /// <summary>
    /// A number chosen by the client, returned in the answer and in the data of a subscription. Subscriptions with different ids are
    /// distinct, even for the same stream and transform.
    /// </summary>
    public long? Id { get; init; }

    /// <summary>Insert: the datapoints.</summary>
    public Block? Points { get; init; }

    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("cmd", Name);
        writer.WriteIfGiven("arg", Argument);
        writer.WriteIfGiven("transform", Transform);
        DataQueryJson.WriteNumber(writer, "from", From);
        DataQueryJson.WriteNumber(writer, "id", Id);
        if (Points is { } points)
        {
            writer.WritePropertyName("d");
            DatapointWriter.WriteArray(writer, points);
        }

        writer.WriteEndObject();
    }

    /// <exception cref="InvalidValueException">The message is not JSON, or not a command.</exception>
    public static SocketCommand Read(ReadOnlySpan<byte> utf8Json)
    {
        JsonFields fields = JsonFields.ParseAround(utf8Json, "d", out Range points);
        return new SocketCommand
        {
            Name = fields.Text("cmd") ?? throw new InvalidValueException("A command needs a 'cmd'.", null),
            Argument = fields.Text("arg"),
            Transform = fields.Text("transform") is { Length: > 0 } transform ? transform : null,
            From = fields.Integer("from"),
            Id = fields.Integer("id"),
            Points = DatapointReader.ReadPart(utf8Json, points, DatapointDirection.Insert, fields.Text("arg")),
        };
    }
}
