# Values of CSV files: forms of numbers, columns of texts, orders of day and month, delimiters, and the file for rejected rows.
BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Set-Location $TestDrive

    function New-File([string[]] $Line, [string] $Encoding = 'utf8NoBOM') {
        $path = Join-Path $TestDrive "$([guid]::NewGuid()).csv"
        Set-Content $path $Line -Encoding $Encoding
        $path
    }

    # The times in unix seconds and the values as JSON: 'time=value …'.
    function Get-Value($Stream) { (Get-CdbDatapoint $Stream | ForEach-Object { "$($_.T)=$($_.GetValue())" }) -join ' ' }

}

AfterAll {
    Set-Location $PSScriptRoot
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Values of CSV files' {
    It 'reads blanks, apostrophes and infinity in the numbers of a culture: <Kind>' -TestCases @(
        @{ Kind = 'de-DE'; With = @{ Culture = 'de-DE' }; Line = "−1,5", '1 234,5', "1`u{A0}234,5", "1`u{202F}234`u{202F}567", "1’234,5", '1.234,5'; Values = '1=-1.5 2=1234.5 3=1234.5 4=1234567.0 5=1234.5 6=1234.5' }
        @{ Kind = 'en-US'; With = @{ Culture = 'en-US' }; Line = "−1.5", '1 234.5', "1'234", '1,234.5'; Values = '1=-1.5 2=1234.5 3=1234.0 4=1234.5' }
        @{ Kind = 'no culture'; With = @{}; Line = 'Infinity', '-inf', "−∞", 'NaN', '1'; Values = '5=1' }
    ) {
        $name = "s$(Get-Random)"
        $row = 0
        $file = New-File (@('time;v') + ($line | ForEach-Object { $row++; "$row;$_" }))
        $result = Import-CdbCsv $file $name -CreateStream -TimestampFormat unix @with -WarningVariable warnings
        (Get-CdbStream $name).Schema | Should -Be '{"type":"number"}'
        Get-Value $name | Should -Be $values
        $result.Stored + $result.Missing | Should -Be $line.Count
        $warnings | Should -BeNullOrEmpty
    }

    It 'reads no number with groups of other sizes or mixed marks: <_>' -ForEach '12 34,5', '1 2345,5', "1 234'567,5", '1.234 567,5' {
        $stream = New-EmptyStream number
        (Import-CdbCsv (New-File 'time;v', '1;1,5', "2;$_") $stream -Culture de-DE -TimestampFormat unix -WarningAction Ignore).Rejected | Should -Be 1
        Get-Value $stream | Should -Be '1=1.5'
    }

    It 'warns that a column becomes texts although some fields begin like numbers: <Field>' -TestCases @(
        @{ Field = '5 °C'; Line = '1;5 °C', '2;6 °C' }
        @{ Field = '1_5'; Line = '1;a', '2;1_5', '3;2' }
        @{ Field = '2'; Line = '1;on', '2;off', '3;2' }
    ) {
        $name = "s$(Get-Random)"
        $file = New-File (@('time;v') + $line)
        $number = @(Get-Content $file).IndexOf(($line -like "*;$field")[0]) + 1
        $null = Import-CdbCsv $file $name -CreateStream -TimestampFormat unix -WarningVariable warnings -WarningAction SilentlyContinue
        (Get-CdbStream $name).Schema | Should -Be '{"type":"string"}'
        "$warnings" | Should -BeLike "*'v'*becomes a stream of texts*line $number has '$field'*-Culture*New-CdbStream *$name -Schema number*"
    }

    It 'does not warn about texts that are no numbers: <_>' -ForEach 'on', '2026-03-03 12:00', '12:30', '10.0.0.1', '00:1A:2B:3C:4D:5E' {
        $null = Import-CdbCsv (New-File 'time;v', "1;$_", "2;$_") "s$(Get-Random)" -CreateStream -TimestampColumn time -TimestampFormat unix -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'checks the file for rejected rows before the first row: <_>' -ForEach './nowhere/rejected.csv', '.' {
        $name = "s$(Get-Random)"
        { Import-CdbCsv (New-File 'time,v', '1772539200,1', '1772539201,x', '1772539202,2') $name -CreateStream -RejectedPath $_ -ErrorAction Stop } | Should -Throw '*rejected*'
        Test-CdbItem $name | Should -BeFalse
    }

    It 'leaves the file for rejected rows as it is when no row is rejected' {
        Set-Content ./before.csv 'before'
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,1') (New-EmptyStream number) -RejectedPath ./before.csv
        $null = Import-CdbCsv (New-File 'time,v', '1772539200,1') (New-EmptyStream number) -RejectedPath ./after.csv
        Get-Content ./before.csv | Should -Be 'before'
        Test-Path ./after.csv | Should -BeFalse
    }

    It 'refuses a delimiter that can be part of a field: <_>' -ForEach '.', '1', 'e', '"', '-', '−', ':', '/', "`n" {
        { Import-CdbCsv (New-File 'time;v', '1772539200;1') (New-EmptyStream number) -Delimiter $_ -ErrorAction Stop } | Should -Throw '*cannot separate columns: *-Delimiter*'
    }

    It 'says from the row that shows it whether the day comes first: <Row>' -TestCases @(
        @{ Row = '03/04/2026', '13/04/2026'; Message = "*Line 3: '13/04/2026' has the day first*-TimestampFormat 'dd/MM/yyyy' or -Culture en-GB*" }
        @{ Row = '03/04/2026 10:00', '03/14/2026 10:00'; Message = "*Line 3: '03/14/2026 10:00' has the month first*-TimestampFormat 'MM/dd/yyyy HH:mm' or -Culture en-US*" }
        @{ Row = '03/04/2026', '04/04/2026'; Message = "*Line 2: '03/04/2026' does not say*-TimestampFormat 'dd/MM/yyyy' or 'MM/dd/yyyy'*" }
    ) {
        $stream = New-EmptyStream number
        $file = New-File 'time,v', "$($row[0]),1", "$($row[1]),2"
        $failure = { Import-CdbCsv $file $stream -ErrorAction Stop } | Should -Throw $message -PassThru
        $format = [regex]::Match("$failure", "-TimestampFormat '([^']+)'").Groups[1].Value
        (Import-CdbCsv $file $stream -TimestampFormat $format).Stored | Should -Be 2
    }

    It 'writes the rejected rows of all files to one, with their files' {
        $files = 'one', 'two', 'three' | ForEach-Object {
            Set-Content "$TestDrive/$_.csv" 'time,v', '1700000000,1', ($_ -eq 'two' ? '1700000001,2' : "1700000001,bad-$_")
            "$TestDrive/$_.csv"
        }
        $null = $files | Get-Item | Import-CdbCsv -Stream (New-EmptyStream number) -RejectedPath "$TestDrive/all.csv" -WarningAction SilentlyContinue
        $rows = Import-Csv "$TestDrive/all.csv"
        $rows.Row | Should -Be '1700000001,bad-one', '1700000001,bad-three'
        $rows.File | Split-Path -Leaf | Should -Be 'one.csv', 'three.csv'
    }
}
