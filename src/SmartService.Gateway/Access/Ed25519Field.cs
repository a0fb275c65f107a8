using System.Buffers.Binary;

namespace SmartService.Gateway.Access;

/// <summary>
/// A number modulo p = 2^255 - 19 in five limbs of 51 bits. Limbs stay under 2^54 between operations, so that sums and
/// 128-bit products never overflow. Not constant time: used for verifying only, where nothing is secret.
/// </summary>
/// <remarks>Bernstein, Duif, Lange, Schwabe, Yang, "High-speed high-security signatures" (2011), section 3.</remarks>
internal readonly struct Ed25519Field(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
{
    private const ulong Mask = (1UL << 51) - 1;
    private readonly ulong _l0 = l0, _l1 = l1, _l2 = l2, _l3 = l3, _l4 = l4;

    public static Ed25519Field Zero => default;

    public static Ed25519Field One => new(1, 0, 0, 0, 0);

    /// <summary>Reads 32 little-endian bytes; the top bit is ignored. Numbers from p on are taken modulo p.</summary>
    public static Ed25519Field Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[6..]) >> 3) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[12..]) >> 6) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[19..]) >> 1) & Mask,
        (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) >> 12) & Mask);

    /// <summary>The one encoding under p: 32 little-endian bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        var n = Carry(_l0, _l1, _l2, _l3, _l4);
        n = Carry(n._l0, n._l1, n._l2, n._l3, n._l4);

        // q is 1 when the number is p or more: adding 19 then carries out of bit 255.
        var q = (n._l0 + 19) >> 51;
        q = (n._l1 + q) >> 51;
        q = (n._l2 + q) >> 51;
        q = (n._l3 + q) >> 51;
        q = (n._l4 + q) >> 51;
        var l0 = n._l0 + (19 * q);
        var l1 = n._l1 + (l0 >> 51);
        var l2 = n._l2 + (l1 >> 51);
        var l3 = n._l3 + (l2 >> 51);
        var l4 = n._l4 + (l3 >> 51);
        l0 &= Mask;
        l1 &= Mask;
        l2 &= Mask;
        l3 &= Mask;
        l4 &= Mask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (l3 >> 39) | (l4 << 12));
    }

    public bool IsZero => EqualTo(Zero);

    /// <summary>Lowest bit of the canonical encoding: the "sign" of RFC 8032.</summary>
    public bool IsNegative
    {
        get
        {
            Span<byte> bytes = stackalloc byte[32];
            Write(bytes);
            return (bytes[0] & 1) == 1;
        }
    }

    public bool EqualTo(in Ed25519Field other)
    {
        Span<byte> a = stackalloc byte[32];
        Span<byte> b = stackalloc byte[32];
        Write(a);
        other.Write(b);
        return a.SequenceEqual(b);
    }

    public static Ed25519Field operator +(in Ed25519Field a, in Ed25519Field b) =>
        Carry(a._l0 + b._l0, a._l1 + b._l1, a._l2 + b._l2, a._l3 + b._l3, a._l4 + b._l4);

    /// <summary>Adds 8p first, so that no limb goes below zero.</summary>
    public static Ed25519Field operator -(in Ed25519Field a, in Ed25519Field b) => Carry(
        a._l0 + ((Mask - 18) << 3) - b._l0, a._l1 + (Mask << 3) - b._l1, a._l2 + (Mask << 3) - b._l2,
        a._l3 + (Mask << 3) - b._l3, a._l4 + (Mask << 3) - b._l4);

    public static Ed25519Field operator *(in Ed25519Field a, in Ed25519Field b)
    {
        // 2^255 = 19 (mod p): products that leave the top come back times 19.
        var b1 = 19 * b._l1;
        var b2 = 19 * b._l2;
        var b3 = 19 * b._l3;
        var b4 = 19 * b._l4;
        var r0 = Product(a._l0, b._l0) + Product(a._l1, b4) + Product(a._l2, b3) + Product(a._l3, b2) + Product(a._l4, b1);
        var r1 = Product(a._l0, b._l1) + Product(a._l1, b._l0) + Product(a._l2, b4) + Product(a._l3, b3) + Product(a._l4, b2);
        var r2 = Product(a._l0, b._l2) + Product(a._l1, b._l1) + Product(a._l2, b._l0) + Product(a._l3, b4) + Product(a._l4, b3);
        var r3 = Product(a._l0, b._l3) + Product(a._l1, b._l2) + Product(a._l2, b._l1) + Product(a._l3, b._l0) + Product(a._l4, b4);
        var r4 = Product(a._l0, b._l4) + Product(a._l1, b._l3) + Product(a._l2, b._l2) + Product(a._l3, b._l1) + Product(a._l4, b._l0);
        r1 += (ulong)(r0 >> 51);
        r2 += (ulong)(r1 >> 51);
        r3 += (ulong)(r2 >> 51);
        r4 += (ulong)(r3 >> 51);
        var top = (ulong)(r4 >> 51) * 19;
        return Carry(((ulong)r0 & Mask) + top, (ulong)r1 & Mask, (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    /// <summary>This to the power of 2^<paramref name="times"/>.</summary>
    public Ed25519Field SquareTimes(int times)
    {
        var r = this;
        for (var i = 0; i < times; i++)
        {
            r *= r;
        }

        return r;
    }

    /// <summary>This to the power of p - 2, which is the inverse.</summary>
    public Ed25519Field Inverse()
    {
        var (e250, e11) = Power250();
        return e250.SquareTimes(5) * e11; // 2^255 - 2^5 + 11 = p - 2
    }

    /// <summary>This to the power of (p - 5) / 8 = 2^252 - 3, for square roots.</summary>
    public Ed25519Field Power252Less3()
    {
        var (e250, _) = Power250();
        return e250.SquareTimes(2) * this;
    }

    /// <summary>This to the powers 2^250 - 1 and 11, by the usual addition chain.</summary>
    private (Ed25519Field E250, Ed25519Field E11) Power250()
    {
        var e2 = this * this;
        var e9 = e2.SquareTimes(2) * this;
        var e11 = e9 * e2;
        var e5 = (e11 * e11) * e9; // 2^5 - 1
        var e10 = e5.SquareTimes(5) * e5;
        var e20 = e10.SquareTimes(10) * e10;
        var e40 = e20.SquareTimes(20) * e20;
        var e50 = e40.SquareTimes(10) * e10;
        var e100 = e50.SquareTimes(50) * e50;
        var e200 = e100.SquareTimes(100) * e100;
        return (e200.SquareTimes(50) * e50, e11);
    }

    private static UInt128 Product(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return new UInt128(high, low);
    }

    private static Ed25519Field Carry(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        l1 += l0 >> 51;
        l2 += l1 >> 51;
        l3 += l2 >> 51;
        l4 += l3 >> 51;
        return new((l0 & Mask) + (19 * (l4 >> 51)), l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
    }
}
