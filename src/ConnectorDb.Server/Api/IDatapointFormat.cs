using System.Buffers;
using ConnectorDb.Columns;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>A format in which datapoints are sent.</summary>
internal interface IDatapointFormat
{
    string ContentType { get; }

    void Begin(IBufferWriter<byte> body);

    void Write(IBufferWriter<byte> body, Block block);

    void End(IBufferWriter<byte> body);

    /// <summary>Writes the error that ends the response early, if the format can express it.</summary>
    void Break(IBufferWriter<byte> body, Failure failure);
}
