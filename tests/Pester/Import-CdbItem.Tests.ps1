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
    It 'brings a user to another database' {
        $null = New-CdbUser ada -Password $password -Stream @{ mood = @{} }
        $null = Export-CdbItem ada -Destination "$TestDrive/users"
        $other = Connect-Cdb -Path "$TestDrive/other.cdb"
        $user = Import-CdbItem "$TestDrive/users" -Password $password -Connection $other
        $user.Name | Should -Be 'ada'
        Test-CdbItem ada/user/mood -Connection $other | Should -BeTrue
        Disconnect-Cdb $other
    }

    It 'puts a device below another user, with a new key' {
        $null = New-CdbUser bob -Password $password
        $device = Import-CdbItem "$TestDrive/pi" -Parent bob -NoApiKey
        "$device" | Should -Be 'bob/pi'
        $device.ApiKey | Should -Not -Be (Get-CdbDevice pi).ApiKey
    }

    It 'puts a stream below a device' {
        Get-Item "$TestDrive/mood" | Import-CdbItem -Parent pi
        (Get-CdbDatapoint pi/mood).Data | Should -Be @(1, 2, 3)
    }

    It 'refuses what is there' {
        Import-CdbItem "$TestDrive/mood" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NameTaken*'
        @(Get-CdbDatapoint mood).Count | Should -Be 3
    }

    It 'adds what is missing with -Merge' {
        Remove-CdbStream pi/heat -Confirm:$false
        $null = Import-CdbItem "$TestDrive/pi" -Merge
        Test-CdbItem me/pi/heat | Should -BeTrue
    }

    It 'makes nothing with -WhatIf' {
        Remove-CdbDevice pi -Confirm:$false
        Import-CdbItem "$TestDrive/pi" -WhatIf
        Test-CdbItem me/pi | Should -BeFalse
    }

    It 'names the file that is broken' {
        Set-Content "$TestDrive/mood/stream.json" '{'
        Import-CdbItem "$TestDrive/mood" -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidExport*'
        "$($problems[0])" | Should -Match 'stream.json'
    }
}
