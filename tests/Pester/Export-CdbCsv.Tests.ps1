BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Set-Location $TestDrive
    $null = New-CdbStream heat -Schema number
    $null = New-CdbStream door
    Add-CdbDatapoint heat -Value 20.5, 21, -0.25 -Timestamp 1772539200, 1772539200.125, 1772539202
    [pscustomobject]@{ t = 1772539200; d = 'open, "wide"' }, [pscustomobject]@{ t = 1772539203; d = @{ by = 'me' } }, [pscustomobject]@{ t = 1772539204; d = $null } | Add-CdbDatapoint door
}

AfterAll {
    Set-Location $PSScriptRoot
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'Export-CdbCsv' {
    It 'writes a stream with all digits, and texts and objects in quotes' {
        Export-CdbCsv ./heat.csv heat
        Get-Content ./heat.csv | Should -Be '"Time","heat"', '2026-03-03T12:00:00Z,20.5', '2026-03-03T12:00:00.125Z,21', '2026-03-03T12:00:02Z,-0.25'
        Export-CdbCsv ./door.csv door
        Get-Content ./door.csv | Should -Be '"Time","door"', '2026-03-03T12:00:00Z,"open, ""wide"""', '2026-03-03T12:00:03Z,"{""by"":""me""}"', '2026-03-03T12:00:04Z,null'
    }

    It 'writes several streams in columns, with a row for each time' {
        Export-CdbCsv ./wide.csv heat, door -To 1772539202
        Get-Content ./wide.csv | Should -Be '"Time","heat","door"', '2026-03-03T12:00:00Z,20.5,"open, ""wide"""', '2026-03-03T12:00:00.125Z,21,', '2026-03-03T12:00:02Z,-0.25,'
    }

    It 'writes several streams in rows' {
        Get-CdbStream heat, door | Export-CdbCsv ./long.csv -Long -From 1772539202 -To 1772539203
        Get-Content ./long.csv | Should -Be '"Time","Stream","Value"', '2026-03-03T12:00:02Z,"heat",-0.25', '2026-03-03T12:00:03Z,"door","{""by"":""me""}"'
    }

    It 'writes the results of a transform' {
        Export-CdbCsv ./sum.csv heat -Transform 'sum'
        (Get-Content ./sum.csv)[-1] | Should -Be '2026-03-03T12:00:02Z,41.25'
    }

    It 'writes datapoints and rows of datasets from the pipeline' {
        Get-CdbDatapoint heat -Last 1 | Export-CdbCsv ./points.csv
        Get-Content ./points.csv | Should -Be '"Time","Stream","Value"', '2026-03-03T12:00:02Z,"me/user/heat",-0.25'
        Get-CdbDatapoint heat -Last 1 -AsArray | Export-CdbCsv ./arrays.csv
        Get-Content ./arrays.csv | Should -Be (Get-Content ./points.csv)
        Invoke-CdbDataset -From 1772539200 -To 1772539202 -Every 1s -Column ([ordered]@{ a = 'heat:closest'; b = 'door:before' }) -AllowNull | Export-CdbCsv ./rows.csv
        (Get-Content ./rows.csv)[0] | Should -Be '"Time","a","b"'
        (Get-Content ./rows.csv)[1] | Should -Be '2026-03-03T12:00:00Z,20.5,"open, ""wide"""'
        @(Get-Content ./rows.csv).Count | Should -Be 4
    }

    It 'writes what Excel and other programs want' {
        Export-CdbCsv ./excel.csv heat -Culture de-DE -Bom -TimestampFormat 'dd.MM.yyyy HH:mm:ss' -TimeZone Europe/Berlin
        [System.IO.File]::ReadAllBytes("$TestDrive/excel.csv")[0..2] | Should -Be 0xEF, 0xBB, 0xBF
        (Get-Content ./excel.csv)[0..1] | Should -Be '"Time";"heat"', '03.03.2026 13:00:00;20,5'
        Export-CdbCsv ./unix.csv heat -Delimiter "`t" -TimestampFormat unixms
        (Get-Content ./unix.csv)[2] | Should -Be "1772539200125`t21"
        Export-CdbCsv ./zone.csv heat -TimeZone Asia/Kathmandu
        (Get-Content ./zone.csv)[2] | Should -Be '2026-03-03T17:45:00.125+05:45,21'
    }

    It 'writes the same in every culture of the session: <_>' -ForEach 'de-DE', 'th-TH', 'ar-SA', 'fa-IR' {
        Export-CdbCsv ./invariant.csv heat, door
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            Export-CdbCsv ./culture.csv heat, door
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        Get-Content ./culture.csv | Should -Be (Get-Content ./invariant.csv)
    }

    It 'comes back in another store without parameters, from <Form>' -TestCases @(
        @{ Form = 'columns'; With = @{} }
        @{ Form = 'rows'; With = @{ Long = $true } }
        @{ Form = 'a file for a German Excel'; With = @{ Culture = 'de-DE'; Bom = $true; TimeZone = 'Europe/Berlin' } }
    ) {
        Export-CdbCsv ./back.csv heat, door @with
        $other = Connect-Cdb -Path "./$([guid]::NewGuid()).cdb"
        (Import-CdbCsv ./back.csv -CreateStream -Connection $other).Stored | Should -Be 6
        foreach ($stream in 'heat', 'door') {
            (Get-CdbDatapoint $stream -Connection $other | ForEach-Object { "$_" }) | Should -Be (Get-CdbDatapoint $stream -Connection (Get-CdbConnection)[0] | ForEach-Object { "$_" })
        }

        Disconnect-Cdb $other
    }

    It 'keeps the old file when an export fails' {
        Set-Content ./old.csv 'old'
        { Get-CdbDatapoint heat | ForEach-Object { $_; throw 'stop' } | Export-CdbCsv ./old.csv } | Should -Throw 'stop'
        { Export-CdbCsv ./old.csv heat, nowhere -ErrorAction Stop } | Should -Throw '*nowhere*'
        Get-Content ./old.csv | Should -Be 'old'
        Get-ChildItem . -Filter 'old.csv*' | Should -HaveCount 1
    }

    It 'appends to a file with the same columns' {
        Export-CdbCsv ./appended.csv heat -To 1772539200
        Export-CdbCsv ./appended.csv heat -From 1772539201 -Append
        Get-Content ./appended.csv | Should -Be '"Time","heat"', '2026-03-03T12:00:00Z,20.5', '2026-03-03T12:00:02Z,-0.25'
        { Export-CdbCsv ./appended.csv door -Append -ErrorAction Stop } | Should -Throw '*"Time","heat"*"Time","door"*-Force*'
        @(Get-Content ./appended.csv).Count | Should -Be 3
    }

    It 'reads -From and -To in the zone of -TimeZone' {
        Export-CdbCsv ./range.csv heat -From '2026-03-03 17:45:01' -To '2026-03-03 17:45:02' -TimeZone Asia/Kathmandu
        Get-Content ./range.csv | Should -Be '"Time","heat"', '2026-03-03T17:45:02+05:45,-0.25'
        { Export-CdbCsv ./none.csv heat -From tomorrow } | Should -Throw '*tomorrow*'
        Test-Path ./none.csv* | Should -BeFalse
    }

    It 'refuses an existing file with -NoClobber, and a read-only one without -Force' {
        Set-Content ./kept.csv 'old'
        { Export-CdbCsv ./kept.csv heat -NoClobber -ErrorAction Stop } | Should -Throw '*exists already*-Append*'
        Set-ItemProperty ./kept.csv IsReadOnly $true
        { Export-CdbCsv ./kept.csv heat -ErrorAction Stop } | Should -Throw '*read-only*-Force*'
        Get-Content ./kept.csv | Should -Be 'old'
        Export-CdbCsv ./kept.csv heat -Force
        @(Get-Content ./kept.csv).Count | Should -Be 4
    }

    It 'warns that the pipeline brought no rows, and writes no file' {
        Get-CdbDatapoint heat -To 1 | Export-CdbCsv ./x.csv -ErrorAction Stop -WarningVariable warned 3>$null
        "$warned" | Should -BeLike '*no rows*x.csv*not written*'
        Test-Path ./x.csv | Should -BeFalse
    }

    It 'refuses <Kind>' -TestCases @(
        @{ Kind = 'nothing'; Script = { Export-CdbCsv ./x.csv -ErrorAction Stop }; Message = '*nothing to export*' }
        @{ Kind = 'a folder'; Script = { Export-CdbCsv $TestDrive heat -ErrorAction Stop }; Message = '*is a folder*' }
        @{ Kind = 'a folder that does not exist'; Script = { Export-CdbCsv ./no/x.csv heat -ErrorAction Stop }; Message = '*cannot be made*' }
        @{ Kind = 'a format of times without a year'; Script = { Export-CdbCsv ./x.csv heat -TimestampFormat 'HH:mm' -ErrorAction Stop }; Message = "*'HH:mm' has no year*yyyy*" }
        @{ Kind = 'a short format of times without a year, in a culture'; Script = { Export-CdbCsv ./x.csv heat -TimestampFormat t -Culture th-TH -ErrorAction Stop }; Message = "*'t' has no year*yyyy*" }
        @{ Kind = 'a delimiter that is the decimal mark'; Script = { Export-CdbCsv ./x.csv heat -Culture de-DE -Delimiter ',' -ErrorAction Stop }; Message = '*decimal mark of de-DE*-Delimiter*' }
        @{ Kind = 'objects without a time'; Script = { [pscustomobject]@{ a = 1 } | Export-CdbCsv ./x.csv -ErrorAction Stop }; Message = '*no time*' }
        @{ Kind = 'a range for datapoints of the pipeline'; Script = { Get-CdbDatapoint heat | Export-CdbCsv ./x.csv -Since 1h -ErrorAction Stop }; Message = '*-Since is for streams*' }
    ) {
        $script | Should -Throw $message
        Test-Path ./x.csv | Should -BeFalse
    }

    It 'names the file that was given when it cannot be made' {
        { Export-CdbCsv ./no/x.csv heat -ErrorAction Stop } | Should -Throw -PassThru | Should -Not -BeLike '*x.csv.*.new*'
    }

    It 'writes nothing with -WhatIf' {
        Export-CdbCsv ./what.csv heat -WhatIf
        Test-Path ./what.csv* | Should -BeFalse
    }
}
