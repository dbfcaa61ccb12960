using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ConnectorDb.Core.Files;

/// <summary>The CRC-32C of RFC 3720 (Castagnoli), which processors compute by themselves.</summary>
internal struct Crc32C()
{
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            _state = BitOperations.Crc32C(_state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte one in bytes)
        {
            _state = BitOperations.Crc32C(_state, one);
        }
    }
}
