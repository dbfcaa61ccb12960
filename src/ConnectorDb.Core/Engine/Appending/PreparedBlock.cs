using ConnectorDb.Contracts;
using ConnectorDb.Core.Appending;

namespace ConnectorDb.Core.Engine.Appending;

/// <summary>A block of an append before its transaction: where it goes, and which of its datapoints are valid.</summary>
/// <param name="Target">Null when there is an error.</param>
/// <param name="Check">Null before the values are checked.</param>
/// <param name="Error">Why nothing of the block can be stored.</param>
internal sealed record PreparedBlock(StreamBlock Block, Target? Target, AppendCheck? Check, CdbException? Error)
{
    /// <summary>The id that the stream has to have; null for any.</summary>
    public long? StreamId { get; init; }

    /// <summary>Nothing has to be stored: the stream is ephemeral, or there are no datapoints.</summary>
    public bool IsTransient => Target is null || Target.Stream.Ephemeral || Block.Points.Count == 0;

    /// <summary>Its values were checked, or nothing of it can be stored.</summary>
    public bool IsChecked => Target is null || Check is not null;

    /// <summary>True when the target was found in this version of the tree, or there is none.</summary>
    public bool IsOf(long treeVersion) => Target is null || Target.TreeVersion == treeVersion;

    /// <summary>The block, or a datapoint of it, is invalid.</summary>
    public bool IsRejected => Error is not null || Check is { Rejected.Count: > 0 };

    /// <exception cref="NotFoundException">The stream was deleted, and another one has its name.</exception>
    public Target Checked(Target target) => StreamId is { } id && target.Stream.Id != id ? throw NotFoundException.Of(target.Path) : target;

    public PreparedBlock Fail(CdbException error) => this with { Target = null, Check = null, Error = error };

    public AppendResult Failed(CdbException error) => new(0, Block.Stream) { Error = error };
}
