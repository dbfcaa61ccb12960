namespace ConnectorDb.Core.Storage.Segments.Packing;

/// <summary>Bytes use a format that this version does not have.</summary>
/// <remarks>
/// A segment is decoded after its checksum was found right, so its bytes are as they were written: an unknown format then means
/// a newer version of the program and not damage.
/// </remarks>
internal sealed class UnknownFormatException(string message) : Exception(message);
