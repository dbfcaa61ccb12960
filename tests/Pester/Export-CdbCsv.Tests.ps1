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
        @{ Form = 'a file for a Persian Excel'; With = @{ Culture = 'fa-IR'; TimeZone = 'Asia/Tehran' } }
        @{ Form = 'a file for a Swedish Excel'; With = @{ Culture = 'sv-SE' } }
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

    It 'writes to the target of a link' -Skip:$IsWindows {
        Set-Content ./target.csv 'old'
        $null = New-Item -ItemType SymbolicLink ./link.csv -Target target.csv
        Export-CdbCsv ./link.csv heat
        (Get-Item ./link.csv).LinkType | Should -Be 'SymbolicLink'
        @(Get-Content ./target.csv).Count | Should -Be 4
    }

    It 'outputs the file with -PassThru, as Get-Item does' {
        $file = Export-CdbCsv ./shown.csv heat -PassThru
        $file | Format-Table | Out-String | Should -BeLike "*$($file.Length)*shown.csv*"
    }

    It 'refuses an existing file with -NoClobber, and a read-only one without -Force' {
        Set-Content ./kept.csv 'old'
        { Export-CdbCsv ./kept.csv heat -NoClobber -ErrorAction Stop } | Should -Throw '*exists already*-Append*'
        Set-ItemProperty ./kept.csv -Name IsReadOnly -Value $true
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
        @{ Kind = 'a format of times without a day'; Script = { Export-CdbCsv ./x.csv heat -TimestampFormat 'yy' -ErrorAction Stop }; Message = "*'yy' has no month*yyyy-MM-dd*" }
        @{ Kind = 'a format of months'; Script = { Export-CdbCsv ./x.csv heat -TimestampFormat 'yyyy-MM' -ErrorAction Stop }; Message = "*'yyyy-MM' has no day*" }
        @{ Kind = 'a format of twelve hours without their half of the day'; Script = { Export-CdbCsv ./x.csv heat -TimestampFormat 'yyyy-MM-dd hh:mm' -ErrorAction Stop }; Message = "*morning or afternoon*'HH'*" }
        @{ Kind = 'objects without a time'; Script = { [pscustomobject]@{ a = 1 } | Export-CdbCsv ./x.csv -ErrorAction Stop }; Message = '*no time*' }
        @{ Kind = 'a range for datapoints of the pipeline'; Script = { Get-CdbDatapoint heat | Export-CdbCsv ./x.csv -Since 1h -ErrorAction Stop }; Message = '*-Since is for streams*' }
    ) {
        $script | Should -Throw $message
        Test-Path ./x.csv | Should -BeFalse
    }

    It 'refuses a delimiter that can be part of a field: <_>' -ForEach '.', '1', 'e', '#', '٣', '"', "'", '-', '+', "`u{2212}", ':', '/', "`n", "`r", "`u{A0}", "`u{FEFF}", "`0" {
        { Export-CdbCsv ./x.csv heat -Delimiter $_ -ErrorAction Stop } | Should -Throw '*cannot separate columns: *-Delimiter*' -ErrorId 'InvalidValue*'
        Test-Path ./x.csv* | Should -BeFalse
    }

    It 'separates columns by <_> and reads them back' -ForEach ';', "`t", '|', '~', ' ', '_', '%', "`u{1F}" {
        Export-CdbCsv ./delimiter.csv heat -Delimiter $_
        $other = Connect-Cdb -Path "./$([guid]::NewGuid()).cdb"
        (Import-CdbCsv ./delimiter.csv -CreateStream -Connection $other -Delimiter $_).Stored | Should -Be 3
        Disconnect-Cdb $other
    }

    It 'names the file that was given when it cannot be made' {
        { Export-CdbCsv ./no/x.csv heat -ErrorAction Stop } | Should -Throw -PassThru | Should -Not -BeLike '*x.csv.*.new*'
    }

    It 'says after Ctrl+C that the file is as it was' -Skip:$IsWindows {
        $stream = (New-CdbStream "s$(Get-Random)" -Schema number).Path
        $line = "1772539200,1.5`n" * 3000000
        Set-Content ./many.csv "time,v`n$line"
        $null = Import-CdbCsv ./many.csv $stream
        Set-Content ./stopped.csv 'old'
        $process = Start-Pwsh "Set-Location '$TestDrive'; `$null = Connect-Cdb -Path '$store'; 'begin'; Export-CdbCsv ./stopped.csv $stream"
        $process.StandardOutput.ReadLine() | Should -Be 'begin'
        while (-not (Get-ChildItem . -Filter 'stopped.csv.*.new' | Where-Object Length -gt 0)) { $process.HasExited | Should -BeFalse }
        kill -INT $process.Id
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $output -replace '\s+', ' ' | Should -BeLike "*export was stopped: '*stopped.csv' is unchanged*"
        Get-Content ./stopped.csv | Should -Be 'old'
        Get-ChildItem . -Filter 'stopped.csv.*.new' | Should -BeNullOrEmpty
    }

    It 'says after Ctrl+C that the file was not made, also while the pipeline brings datapoints' -Skip:$IsWindows {
        $process = Start-Pwsh "Set-Location '$TestDrive'; `$null = Connect-Cdb -Path '$store'; 'begin'; & { for (`$t = 1;; `$t++) { [pscustomobject]@{ t = `$t; d = 1 } } } | Export-CdbCsv ./pipe.csv"
        $process.StandardOutput.ReadLine() | Should -Be 'begin'
        while (-not (Get-ChildItem . -Filter 'pipe.csv.*.new' | Where-Object Length -gt 0)) { $process.HasExited | Should -BeFalse }
        kill -INT $process.Id
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        $output -replace '\s+', ' ' | Should -BeLike "*export was stopped: '*pipe.csv' was not written*"
        Get-ChildItem . -Filter 'pipe.csv*' | Should -BeNullOrEmpty
    }

    It 'warns about times of which <Format> does not write <Lost>' -ForEach @(
        @{ Format = 'yyyy-MM-dd'; Lost = 'the time of day'; Count = 3 }
        @{ Format = 'yyyy-MM-dd HH:mm'; Lost = 'the second'; Count = 2 }
        @{ Format = 'yyyy-MM-dd HH:mm:ss'; Lost = 'all digits of the second'; Count = 1 }
    ) {
        Export-CdbCsv ./short.csv heat -TimestampFormat $Format -TimeZone UTC -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "The format '$Format' does not write $Lost, which $Count of the times have*"
    }

    It 'does not warn about a format that writes all there is' {
        Export-CdbCsv ./whole.csv heat -TimestampFormat 'yyyy-MM-dd HH:mm:ss.fff' -WarningVariable warnings
        Get-CdbDatapoint heat | Select-Object -First 1 | Export-CdbCsv ./noon.csv -TimestampFormat yyyy-MM-dd -TimeZone UTC-12:00 -WarningVariable +warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'writes nothing with -WhatIf' {
        Export-CdbCsv ./what.csv heat -WhatIf
        Test-Path ./what.csv* | Should -BeFalse
    }
}
