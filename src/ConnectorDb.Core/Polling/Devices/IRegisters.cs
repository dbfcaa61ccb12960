namespace ConnectorDb.Core.Polling.Devices;

/// <summary>The registers of a chip.</summary>
internal interface IRegisters : IDisposable
{
    /// <summary>Reads registers that follow each other.</summary>
    byte[] Read(byte first, int count);

    void Write(byte register, byte value);
}
