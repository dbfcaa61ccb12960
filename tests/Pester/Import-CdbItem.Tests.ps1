BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbDevice pi -Stream @{ heat = @{ schema = 'number' } }
    $null = New-CdbStream mood
    1..3 | Add-CdbDatapoint mood
    $null = Export-CdbItem me/pi -Destination "$TestDrive/pi"
    $null = Export-CdbItem mood -Destination "$TestDrive/mood"
    $password = ConvertTo-SecureString 'a long enough password' -AsPlainText -Force
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'Import-CdbItem' {
    It 'imports a user into another database' {
        $null = New-CdbUser ada -Password $password -Stream @{ mood = @{} }
        $null = Export-CdbItem ada -Destination "$TestDrive/users"
        $other = Connect-Cdb -Path "$TestDrive/other.cdb"
        $user = Import-CdbItem "$TestDrive/users" -Password $password -Connection $other
        $user.Name | Should -Be 'ada'
        Test-CdbItem ada/user/mood -Connection $other | Should -BeTrue
        Disconnect-Cdb $other
    }

    It 'imports a device to another user, with a new key' {
        $null = New-CdbUser bob -Password $password
        $device = Import-CdbItem "$TestDrive/pi" -Parent bob -NoApiKey
        "$device" | Should -Be 'bob/pi'
        $device.ApiKey | Should -Not -Be (Get-CdbDevice pi).ApiKey
    }

    It 'says how to import a device whose key is in use' {
        { Import-CdbItem "$TestDrive/pi" -Parent bob -Merge:$false -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*'
        $null = New-CdbUser owner -Password $password
        { Import-CdbItem "$TestDrive/pi" -Parent owner -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*' -ExpectedMessage '*Import-CdbItem *pi* -Parent owner -NoApiKey'
    }

    It 'imports a public device of a hidden user as hidden, with a warning' {
        $null = New-CdbDevice loud -Public
        Export-CdbItem loud "$TestDrive/loud"
        $null = New-CdbUser shy -Password $password -Public:$false
        $device = Import-CdbItem "$TestDrive/loud" -Parent shy -NoApiKey -WarningVariable warnings -WarningAction SilentlyContinue
        $device.Public | Should -BeFalse
        "$warnings" | Should -BeLike "*'shy/loud' was public*"
    }

    It 'imports a stream to a device' {
        Get-Item "$TestDrive/mood" | Import-CdbItem -Parent pi
        (Get-CdbDatapoint pi/mood).Data | Should -Be @(1, 2, 3)
    }

    It 'rejects existing items' {
        Import-CdbItem "$TestDrive/mood" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NameTaken*'
        @(Get-CdbDatapoint mood).Count | Should -Be 3
    }

    It 'adds missing items with -Merge' {
        Remove-CdbStream pi/heat -Confirm:$false
        $null = Import-CdbItem "$TestDrive/pi" -Merge
        Test-CdbItem me/pi/heat | Should -BeTrue
    }

    It 'creates nothing with -WhatIf' {
        Remove-CdbDevice pi -Confirm:$false
        Import-CdbItem "$TestDrive/pi" -WhatIf
        Test-CdbItem me/pi | Should -BeFalse
    }

    It 'reports a corrupt file' {
        Set-Content "$TestDrive/mood/stream.json" '{'
        Import-CdbItem "$TestDrive/mood" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidExport*'
        "$($problems[0])" | Should -Match 'stream.json'
    }

    It 'imports a user with a working password, without a warning' {
        $null = New-CdbUser eve -Password $password -Device @{ pi = @{ streams = @{ heat = @{ schema = 'number' } } } }
        $null = Export-CdbItem eve -Destination "$TestDrive/eve"
        $other = Connect-Cdb -Path "$TestDrive/eve.cdb"
        $null = Import-CdbItem "$TestDrive/eve" -Password $password -Connection $other -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        Test-CdbItem eve/pi/heat -Connection $other | Should -BeTrue
        Connect-Cdb -Path "$TestDrive/eve.cdb" -Credential ([pscredential]::new('eve', $password)) | Disconnect-Cdb
        Disconnect-Cdb $other
    }

    It 'explains how to set the password of a user without one' {
        $null = New-CdbUser kay -Password $password
        $null = Export-CdbItem kay -Destination "$TestDrive/kay"
        Remove-CdbUser kay -Confirm:$false
        $null = Import-CdbItem "$TestDrive/kay" -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*Set-CdbUser kay -Password*'
    }

    It 'continues after a corrupt user' {
        $null = New-CdbUser abe -Password $password -Stream @{ mood = @{} }
        $null = New-CdbUser zoe -Password $password
        'abe', 'zoe' | Export-CdbItem -Destination "$TestDrive/two"
        Set-Content "$TestDrive/two/abe/user/mood/data.json" '[{]'
        $other = Connect-Cdb -Path "$TestDrive/two.cdb"
        $users = Import-CdbItem "$TestDrive/two" -Password $password -Connection $other -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidExport*'
        "$users" | Should -Be 'zoe'
        Test-CdbItem abe -Connection $other | Should -BeFalse
        Disconnect-Cdb $other
    }

    It 'imports streams and devices to a parent from the pipeline, or to the current device' {
        $null = New-CdbUser max -Password $password -Device @{ box = @{} }
        $null = New-CdbDevice hut -Stream @{ heat = @{} }
        $null = Export-CdbItem hut -Destination "$TestDrive/hut"
        $null = Export-CdbItem hut/heat -Destination "$TestDrive/heat"
        "$(Import-CdbItem "$TestDrive/hut" -Parent (Get-CdbUser max) -NoApiKey)" | Should -Be 'max/hut'
        "$(Import-CdbItem "$TestDrive/heat" -Parent max/box)" | Should -Be 'max/box/heat'
        "$(Import-CdbItem "$TestDrive/heat")" | Should -Be 'me/user/heat'
    }

    It 'accepts no parent for a user' {
        $null = Export-CdbItem me -Destination "$TestDrive/me"
        { Import-CdbItem "$TestDrive/me" -Parent me -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*'
    }

    It 'warns about unchanged streams with -Merge' {
        $null = New-CdbStream left, missing
        1..3 | Add-CdbDatapoint missing
        $null = Export-CdbItem me -Destination "$TestDrive/merge"
        Remove-CdbStream missing -Confirm:$false
        Import-CdbItem "$TestDrive/merge" -Merge -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -like "*'me/user/left'*" | Should -Not -BeNullOrEmpty
        (Get-CdbStream missing).Datapoints | Should -Be 3
    }

    It 'reports the same errors with -WhatIf' {
        $null = New-CdbStream again
        $null = Export-CdbItem again -Destination "$TestDrive/again"
        { Import-CdbItem "$TestDrive/again" -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken*'
    }

    It 'reports a file, with what reads it' {
        Set-Content "$TestDrive/packed.zip", "$TestDrive/rows.csv" ''
        { Import-CdbItem "$TestDrive/packed.zip" -ErrorAction Stop } | Should -Throw "*is a file, and an export is a folder. Unpack it: Expand-Archive*"
        { Import-CdbItem "$TestDrive/rows.csv" -ErrorAction Stop } | Should -Throw '*is a file, and an export is a folder. Import-CdbCsv*'
    }

    It 'reports a folder that does not exist' {
        $nowhere = Join-Path $TestDrive 'nowhere'
        $problem = { Import-CdbItem $nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidExport*' -PassThru
        "$($problem.TargetObject)" | Should -Be $nowhere
    }
}
