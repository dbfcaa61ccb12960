using ConnectorDb.Core.Storage.Tree;

namespace ConnectorDb.Core.Storage.Transfers;

/// <summary>A stream in the source and in the copy.</summary>
internal readonly record struct StreamPair(StreamRecord Source, StreamRecord Copy);
