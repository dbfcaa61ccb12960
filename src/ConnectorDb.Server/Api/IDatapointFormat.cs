using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>A format in which datapoints are sent.</summary>
internal interface IDatapointFormat
{
    string ContentType { get; }

    void Begin(IBufferWriter<byte> body);

    /// <exception cref="ArgumentException">The format cannot express a datapoint. A part of the block may be written; <see cref="Restart"/> drops it.</exception>
    void Write(IBufferWriter<byte> body, Block block);

    /// <summary>Continues behind the last block that was written completely. The body is empty again.</summary>
    void Restart(IBufferWriter<byte> body);

    void End(IBufferWriter<byte> body);

    /// <summary>Writes the error that ends the response early, if the format can express it.</summary>
    void Break(IBufferWriter<byte> body, Failure failure);
}
